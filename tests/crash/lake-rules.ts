/** What makes archive and compaction safe? Each rule with the edit that forgets it: a world then has to go wrong. */
import type { archiveBatch } from '../../shared/lake/archive.ts';
import type { compactDay } from '../../shared/lake/compact-day.ts';
import { loadModules } from './mutants.ts';
import type { Edit } from './rules.ts';

export interface LakeCode {
  archiveBatch: typeof archiveBatch;
  compactDay: typeof compactDay;
}

export interface LakeRule {
  says: string;
  /** Which world shows it. */
  world: 'archive' | 'compact';
  edits: Edit[];
}

const inArchive = (from: string, to: string): Edit => ({ file: 'shared/lake/archive.ts', from, to });
const inDay = (from: string, to: string): Edit => ({ file: 'shared/lake/compact-day.ts', from, to });
const inSurvey = (from: string, to: string): Edit => ({ file: 'shared/lake/day-listing.ts', from, to });
const inMerge = (from: string, to: string): Edit => ({ file: 'shared/lake/merge.ts', from, to });

const noFingerprint = inArchive('.slice(0, 16)', '.slice(0, 0)');

export const lakeRules = {
  ends: {
    says: 'a file is named by both ends of its batch, or by its content: a shorter batch never overwrites a longer one',
    world: 'archive',
    edits: [noFingerprint, inArchive('[records[0], records.at(-1)]', '[records[0], records[0]]')],
  },
  fingerprint: {
    says: 'a file is named by its content: a batch of the same ends with other records between them never overwrites it',
    world: 'archive',
    edits: [noFingerprint],
  },
  lists: {
    says: 'lists are put before the entity that has them',
    world: 'archive',
    edits: [
      inArchive('files.filter(({ table }) => table.list)', 'files.filter(({ table }) => Boolean(table.list) === false)'),
      inArchive('files.filter(({ table }) => !table.list)', 'files.filter(({ table }) => Boolean(table.list))'),
    ],
  },
  again: {
    says: 'a put that failed fails the batch, so that it is sent again',
    world: 'archive',
    edits: [inArchive('if (failed[0]) throw failed[0].error;', 'if (failed[1]) throw failed[1].error;')],
  },
  aside: {
    says: 'what no row can be made of is quarantined',
    world: 'archive',
    edits: [inArchive('if (refused.length) await quarantineRefused(refused);', '')],
  },
  putFirst: {
    says: 'nothing is deleted before the file that contains it is put',
    world: 'compact',
    edits: [
      inDay(
        'await putOnce(lake, mergedKey(table, dt, marks), body);',
        'for (const file of files) await deleteFile(lake, file as LakeFile);\n  await putOnce(lake, mergedKey(table, dt, marks), body);',
      ),
    ],
  },
  footer: {
    says: 'only what a file in the lake says it contains is deleted, not what was listed',
    world: 'compact',
    edits: [
      inSurvey(
        'listing.merged.set(file, footer.bytesInMemory);',
        'listing.merged.set(file, footer.bytesInMemory);\n    for (const raw of files) if (!isMerged(raw)) listing.contained.set(raw, file.modified);',
      ),
    ],
  },
  content: {
    says: 'a mark names a file with its content: what was written anew since is not contained',
    world: 'compact',
    edits: [
      inSurvey('[key, etag]', '[key]'),
      inDay('(file) => deleteFile(lake, file)', "(file) => deleteFile(lake, { ...file, etag: '' })"),
    ],
  },
  ownName: {
    says: 'a merged file never has the name of another: two runs never overwrite each other',
    world: 'compact',
    edits: [
      inSurvey('[...marks].sort()', 'marks.slice(0, 0)'),
      { file: 'shared/lake/files.ts', from: "Body: body, IfNoneMatch: '*'", to: 'Body: body' },
    ],
  },
  grace: {
    says: 'parts stay for a while beside the file that contains them: a listing may take its time',
    world: 'compact',
    edits: [inDay('now() - grace', 'now()')],
  },
  history: {
    says: 'every snapshot is kept, not only the newest',
    world: 'compact',
    edits: [
      inMerge(
        'const nameOf = ({ list }: LakeTable): string[] => [...order, list',
        "const nameOf = ({ list }: LakeTable): string[] => ['creator_id', 'subject', list",
      ),
    ],
  },
  records: {
    says: 'a snapshot that came twice stays two records',
    world: 'compact',
    edits: [inMerge("list ? 'line' : 'seq'", "list ? 'line' : 'hash'")],
  },
  lines: {
    says: 'lines of a list are told apart',
    world: 'compact',
    edits: [inMerge("list ? 'line' : 'seq'", "list ? 'hash' : 'seq'")],
  },
  unreadable: {
    says: 'a file that cannot be read is contained in nothing',
    world: 'compact',
    edits: [
      inDay(
        'return messageOf(error);',
        "return messageOf(error) ? { rows: 0, weight: 0, types: new Map(), cells: new Map() } : '';",
      ),
    ],
  },
} satisfies { [name: string]: LakeRule };

export type LakeRuleName = keyof typeof lakeRules;
export const lakeRuleNames = Object.keys(lakeRules) as LakeRuleName[];
export const lakeRule = (name: LakeRuleName): LakeRule => lakeRules[name];

/** Archive and compaction without a rule. */
export async function withoutRule(name: LakeRuleName): Promise<LakeCode> {
  const files = ['shared/lake/archive.ts', 'shared/lake/compact-day.ts'];
  const [archive, compaction] = await loadModules(files, lakeRule(name).edits);
  return { ...(archive as Pick<LakeCode, 'archiveBatch'>), ...(compaction as Pick<LakeCode, 'compactDay'>) };
}
