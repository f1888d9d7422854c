/** What is made of a seller's own files that came by the page? The events of the command, for this creator alone, and what was refused as files. */
import { basename, join } from 'node:path';
import type { ImportAnswers, SurveyAnswer } from '../api/imports.ts';
import { isRateMissing } from '../events/facts.ts';
import { type CloudEvent, parseEvent } from '../events/parse.ts';
import type { CsvCreator } from '../sources/csv/entity.ts';
import { type CsvImport, tableEvents } from '../sources/csv/events.ts';
import { readTable } from '../sources/csv/read-table.ts';
import { refusedFiles } from '../sources/csv/refused.ts';
import type { Source } from '../sources/csv/sources.ts';
import { type ImportReport, newReport } from '../sources/files/import-report.ts';
import { PlanError } from '../sources/seller-center/plan.ts';
import type { Profile } from '../store/profiles.ts';
import { countsOf } from './survey.ts';

export interface OwnFiles {
  sources: Source[];
  creatorId: string;
  profile: Profile | undefined;
  answers: ImportAnswers;
  /** Decides what lies in the future (ms). */
  now: number;
}

const rowsShown = 3;
const longestCell = 60;
/** Columns about persons: of the first rows they are not shown. */
const personal = ['buyer_key', 'email'];

/** Zone and currency of the creator, as the service knows them. */
const knownAs = ({ creatorId, profile }: OwnFiles): Map<string, CsvCreator> =>
  new Map(
    profile
      ? [[creatorId, { currency: profile.currency, said: profile.zones.map(({ from, zone }) => ({ from, zone, version: 0 })) }]]
      : [],
  );

/** Why the service would not take an event, in words; undefined where it would. */
function refusalOf(event: CloudEvent, { profile, now }: OwnFiles): string | undefined {
  const parsed = parseEvent(event, now);
  if (!parsed.ok) return parsed.message;
  const isProfile = parsed.entity.name === 'creator';
  if (isProfile && profile && event.data.currency !== profile.currency)
    return `this shop counts in ${profile.currency}, and all its totals do: leave its currency as it is, or open another shop`;
  if (!isProfile && profile && isRateMissing(event, profile.currency))
    return `amounts in ${event.data.currency} need a rate to ${profile.currency}: fill the column exchange_rate`;
  return undefined;
}

type More = Pick<CsvImport, 'onRefused'>;

/** Events of the files, in the same order each time. Throws PlanError where a file cannot be read, or the creator is not known. */
export async function* ownEvents(files: OwnFiles, report: ImportReport, more: More = {}): AsyncGenerator<CloudEvent> {
  const { sources, creatorId, profile, answers } = files;
  if (!profile && !sources.some(({ table }) => table.entity === 'creator'))
    throw new PlanError('This shop is not known yet: drop a filled-in template of creators together with these files.');
  const options: CsvImport = {
    report,
    creatorId,
    known: knownAs(files),
    exportedAt: answers.exportedAt === undefined ? undefined : Date.parse(answers.exportedAt),
    refusalOf: (event) => refusalOf(event, files),
    ...more,
  };
  try {
    // What a shop subscribes to is not for it to say.
    for await (const event of tableEvents(sources, options))
      yield event.type.includes('.creator.') ? { ...event, data: { ...event.data, tier: profile?.data.tier } } : event;
  } catch (error) {
    throw error instanceof PlanError ? error : new PlanError((error as Error).message);
  }
}

async function describe({ table, path, sheet, exportedAt }: Source): Promise<SurveyAnswer['files'][number]> {
  let columns: string[] = [];
  const onHeader = (header: string[]) => {
    columns = header.filter((name) => name !== '' && !personal.includes(name));
  };
  const first: string[][] = [];
  const ids = new Set<string>();
  let rows = 0;
  const known = table.columns.map(({ name }) => name);
  for await (const { cells } of readTable(path, { columns: [], optional: known, onHeader, sheet })) {
    rows++;
    ids.add(table.key.map((name) => cells[name] ?? '').join('\u0000'));
    if (first.length < rowsShown) first.push(columns.map((name) => (cells[name] ?? '').slice(0, longestCell)));
  }
  const found = { kind: table.file, sheet: sheet ?? '', rows, ids: ids.size, dates: '', amount: '', columns, first };
  return { name: basename(path), exportedAt: new Date(exportedAt).toISOString(), tables: [found] };
}

/** Days that order times, days of stock and the like are about. */
function daysOf(events: Map<string, true>): SurveyAnswer['days'] {
  const [from, ...more] = [...events.keys()].sort();
  return from ? { from, to: more.at(-1) ?? from } : null;
}

/** The first local-looking day of what an event is about; a cost holds from its day on and is about no days. */
const dayOf = ({ type, time, subject }: CloudEvent): string | undefined =>
  /\.(unit-cost|creator|product)\./.test(type) ? undefined : (/\/(\d{4}-\d{2}-\d{2})$/.exec(subject)?.[1] ?? time.slice(0, 10));

export interface OwnSurvey {
  survey: SurveyAnswer;
  /** Paths of files of what was refused. */
  refused: string[];
}

/** Reads everything, makes every event of it, and writes what is refused into `folder`. `watch` is handed every event. */
export async function surveyOwn(
  files: OwnFiles,
  folder: string,
  watch: (events: AsyncIterable<CloudEvent>) => AsyncIterable<CloudEvent>,
): Promise<OwnSurvey> {
  const report = newReport();
  const refused = refusedFiles(() => folder);
  const onRefused: CsvImport['onRefused'] = (from, problems) =>
    refused.add(from, problems.map(({ column, message }) => `${column} ${message}`.trim()).join('; '));
  const made = new Map<string, number>();
  const days = new Map<string, true>();
  for await (const event of watch(ownEvents(files, report, { onRefused }))) {
    const entity = event.type.split('.')[2] ?? '';
    made.set(entity, (made.get(entity) ?? 0) + 1);
    const day = dayOf(event);
    if (day) days.set(day, true);
  }
  const { profile, sources } = files;
  const survey = {
    market: null,
    currency: profile?.currency ?? '',
    zone: profile?.zones.at(-1)?.zone ?? '',
    days: daysOf(days),
    files: await Promise.all(sources.map(describe)),
    events: [...made.values()].reduce((sum, count) => sum + count, 0),
    entities: [...made].map(([entity, count]) => ({ entity, count })),
    wrong: countsOf(report.wrong),
    skipped: countsOf(report.skipped),
    notes: countsOf(report.notes),
  };
  return { survey, refused: refused.close().files.map((file) => join(file)) };
}
