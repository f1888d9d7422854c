/** Under which keys do an export's objects lie? A function of the job alone, so that another attempt overwrites. */
import type { ExportJob } from './items/jobs.ts';

/** Of every object of a creator's exports: what has to go when the creator goes. */
export const exportsPrefix = (creatorId: string): string => `exports/${creatorId}/`;

export function keysOf({ creatorId, id, schedule, period }: ExportJob, name: string, extension: string) {
  const folder = exportsPrefix(creatorId);
  if (schedule !== undefined && period !== undefined) {
    const stem = `${folder}scheduled/${schedule}/${period}`;
    return { key: `${stem}.${extension}`, manifestKey: `${stem}.manifest.json`, fileName: `${schedule}_${period}.${extension}` };
  }
  const fileName = `${name}.${extension}`;
  return { key: `${folder}${id}/${fileName}`, manifestKey: `${folder}${id}/manifest.json`, fileName };
}
