/** Placeholder so that the build and the stacks can be wired; replaced by the real collect-events. */
export async function handler(event: unknown): Promise<unknown> {
  return { statusCode: 200, body: JSON.stringify({ function: 'collect-events', got: typeof event }) };
}
