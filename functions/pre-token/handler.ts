/** Placeholder so that the build and the stacks can be wired; replaced by the real pre-token. */
export async function handler(event: unknown): Promise<unknown> {
  return { statusCode: 200, body: JSON.stringify({ function: 'pre-token', got: typeof event }) };
}
