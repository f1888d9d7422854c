/** What time is it for the service? A clock of this machine may be wrong by hours; ages and days are told by the server's. */

let ahead = 0;

/** Takes note of an answer's Date header: the newest one holds. */
export function noteServerTime(header: string | null): void {
  const server = header ? Date.parse(header) : Number.NaN;
  if (Number.isFinite(server)) ahead = server - Date.now();
}

/** Now (ms), by the server's clock to the second once it has answered, else by this machine's. */
export const serverNow = (): number => Date.now() + (Math.abs(ahead) > 2000 ? ahead : 0);
