/** What must the environment hold? */

/** A variable that the function cannot do without. Throws where the deployment did not set it. */
export function required(environment: Record<string, string | undefined>, name: string): string {
  const value = environment[name];
  if (!value) throw new Error(`the environment has no ${name}`);
  return value;
}
