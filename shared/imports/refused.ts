/** Where does what was refused of an import lie, to be mended and dropped again? Beside its files, and gone with what is left of them. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { SignLink } from '../lake/signed-link.ts';
import type { Lake } from '../lake/store.ts';
import { openUpload } from '../lake/upload.ts';
import type { ImportJob } from '../store/import-jobs.ts';
import { uploadsPrefix } from './keys.ts';
import { uploadDays } from './limits.ts';

type Named = Pick<ImportJob, 'creatorId' | 'id'>;

const keyOf = ({ creatorId, id }: Named, file: string): string => `${uploadsPrefix(creatorId)}${id}/refused/${file}`;

/** Lays files of what was refused beside the import's; answers their names. */
export async function keepRefused(uploads: Lake, job: Named, paths: string[]): Promise<string[]> {
  for (const path of paths) {
    const fileName = basename(path);
    const upload = await openUpload(uploads, { key: keyOf(job, fileName), type: 'text/csv; charset=utf-8', fileName });
    await upload.write(await readFile(path));
    await upload.complete();
  }
  return paths.map((path) => basename(path));
}

const linkSeconds = 3600;
const aDay = 86_400_000;

/** Links to them, good for an hour, as long as they are kept. `now` in ms. */
export async function linksToRefused(
  sign: SignLink,
  job: Named,
  files: string[],
  touchedAt: string,
  now: number,
): Promise<{ files: { name: string; url: string }[]; keptUntil: string }> {
  const keptUntil = Date.parse(touchedAt) + uploadDays * aDay;
  const links = now > keptUntil ? [] : files;
  return {
    files: await Promise.all(links.map(async (name) => ({ name, url: await sign(keyOf(job, name), linkSeconds, now) }))),
    keptUntil: new Date(keptUntil).toISOString(),
  };
}
