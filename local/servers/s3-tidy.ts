/** Which objects on disk were only half written when the machine stopped? */
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

const DATA = '.data';
const META = '.meta.json';

/**
 * Removes objects of which only one of the two files is there or the two disagree: the data file is written first and the
 * write is acknowledged after the second, so none of these was ever acknowledged. Without this a torn meta file stops the
 * S3 server from starting. Returns the paths removed.
 */
export function dropTornObjects(storageDir: string): string[] {
  const buckets = join(storageDir, 'buckets');
  if (!existsSync(buckets)) return [];
  const stems = new Set<string>();
  for (const entry of readdirSync(buckets, { withFileTypes: true, recursive: true })) {
    const ending = [META, DATA].find((end) => entry.name.endsWith(end));
    if (entry.isFile() && ending) stems.add(join(entry.parentPath, entry.name.slice(0, -ending.length)));
  }
  const torn = [...stems].filter((stem) => !isWhole(stem));
  for (const stem of torn) {
    rmSync(stem + DATA, { force: true });
    rmSync(stem + META, { force: true });
  }
  return torn;
}

function isWhole(stem: string): boolean {
  try {
    const meta = JSON.parse(readFileSync(stem + META, 'utf8')) as { contentLength: number };
    return statSync(stem + DATA).size === meta.contentLength;
  } catch {
    return false;
  }
}
