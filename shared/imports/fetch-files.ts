/** How do uploaded files get to where they can be read? Into a folder of the run, under the names that their seller knows. */
import { mkdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { download, TooLong } from '../lake/download.ts';
import type { Lake } from '../lake/store.ts';
import { PlanError } from '../sources/seller-center/plan.ts';
import type { ImportJob } from '../store/import-jobs.ts';
import { keyOf } from './keys.ts';

/** The paths of an import's files below `folder`. Throws PlanError where a file is absent or has another size than was announced. */
export async function fetchFiles(uploads: Lake, job: ImportJob, folder: string): Promise<string[]> {
  const paths: string[] = [];
  const refusals: string[] = [];
  for (const [index, { name, bytes, modifiedAt }] of job.files.entries()) {
    // A folder each: two files may have one name.
    const own = join(folder, String(index).padStart(3, '0'));
    await mkdir(own);
    const path = join(own, name);
    const found = await download(uploads, keyOf(job.creatorId, job.id, index), path, bytes).catch((error: unknown) => {
      if (error instanceof TooLong) return bytes + 1;
      throw error;
    });
    if (found === undefined) refusals.push(`${name} has not arrived: choose it again`);
    else if (found !== bytes)
      refusals.push(
        `${name} has ${found > bytes ? 'more' : 'fewer'} bytes than the ${bytes} that were announced: choose it again`,
      );
    const at = new Date(modifiedAt ?? job.requestedAt);
    if (found !== undefined) await utimes(path, at, at);
    paths.push(path);
  }
  if (refusals.length) throw new PlanError(refusals.join('\n'));
  return paths;
}
