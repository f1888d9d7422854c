/** Placeholder so that the build and the stacks can be wired; replaced by the real aggregate. */
export async function handler(event: unknown): Promise<unknown> {
  return { statusCode: 200, body: JSON.stringify({ function: 'aggregate', got: typeof event }) };
}
