/** What signs the cursors of lists, so that nobody makes one up? */

/**
 * A key of the deployment's own where it has one. A cursor tells no secret and opens nothing that its bearer may not read anyway: without
 * a key, a deployment is told apart by its table's name.
 */
export const cursorKeyOf = (environment: Record<string, string | undefined>, tableName: string): string =>
  environment.CURSOR_KEY ?? `cursor of ${tableName}`;
