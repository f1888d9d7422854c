/** What will be made of these files? Which market, order of day and month, and time of export each of them has; what cannot be told is asked, with the remedy. */
import { statSync } from 'node:fs';
import type { Encoding } from '../files/decode-text.ts';
import { instantOf } from '../files/local-time.ts';
import type { Shop } from './map/shop.ts';
import { type FileSurvey, surveyFile, type TableSurvey } from './read/survey.ts';
import { ofPeriods, refuseOtherShop, refuseOverlaps } from './refuse-mixed.ts';
import { offsetInName, periodIn, timeInName } from './rules/file-names.ts';
import type { FileKind } from './rules/kinds.ts';
import { type DateOrder, type MarketCode, marketOf, markets } from './rules/markets.ts';

export interface PlanOptions {
  creatorId?: string | undefined;
  market?: MarketCode | undefined;
  /** ISO 4217; the market's where absent. */
  currency?: string | undefined;
  /** IANA name; the market's where absent. */
  zone?: string | undefined;
  /** When files were exported whose names do not say it (ms). */
  exportedAt?: number | undefined;
  encoding?: Encoding | undefined;
  /** How a person answers what is asked; by flags of the command where absent. */
  remedies?: Remedies | undefined;
  now: number;
}

/** What a person may be asked about files. */
export type Question = 'market' | 'zone' | 'exportedAt';

/** Ends of sentences: how each question is answered, and which currency is wanted. */
export interface Remedies {
  market: string;
  zone: string;
  exportedAt: string;
  otherShop: string;
  wanted: (currency: string, market: MarketCode | undefined) => string;
}

const flags: Remedies = {
  market: '--market ID, US, VN, TH, MY, PH, SG, BR, MX or GB',
  zone: '--zone Europe/Berlin',
  exportedAt: '--exported-at 2026-11-20T23:58:00+07:00',
  otherShop: 'with --creator of its shop',
  wanted: (currency, market) =>
    `${market ? `--market ${market} counts in` : '--currency says'} ${currency}; leave it out, or say its own market and creator`,
};

/** Files are refused as they stand; where only answers are missing, `questions` names them. */
export class PlanError extends Error {
  readonly questions: Question[];

  constructor(message: string, questions: Question[] = []) {
    super(message);
    this.name = 'PlanError';
    this.questions = questions;
  }
}

export interface PlannedTable {
  table: TableSurvey;
  order: DateOrder;
  /** The order, and how it is known, in words. */
  because: string;
}

export interface PlannedFile {
  survey: FileSurvey;
  tables: PlannedTable[];
  /** When it was exported (ms): how new what it says is. */
  exportedAt: number;
  /** Days that a file without days in its rows is about. */
  period: { from: string; to: string } | undefined;
}

export interface ImportPlan {
  shop: Shop;
  market: MarketCode | undefined;
  /** By their time of export. */
  files: PlannedFile[];
}

const askMarket = ({ market }: Remedies): string => `say which market the shop is in: ${market}`;

/** The currency of a file: what it says of itself, else what at least half of its rows name. */
function currencyOf({ said, tables }: FileSurvey): string | undefined {
  if (said.currency && /^[A-Z]{3}$/.test(said.currency)) return said.currency;
  const counts = tables.flatMap(({ currencies, rows }) => [...currencies].filter(([, count]) => count * 2 >= rows));
  return counts.toSorted(([, a], [, b]) => b - a)[0]?.[0];
}

function shopOf(
  surveys: FileSurvey[],
  { creatorId, market: said, currency, zone, remedies = flags }: PlanOptions,
): { shop: Shop; market: MarketCode | undefined } {
  const found = new Map(
    surveys.flatMap((survey) => {
      const named = currencyOf(survey);
      return named ? [[named, survey.file] as const] : [];
    }),
  );
  const wanted = currency ?? (said && markets[said].currency);
  if (!wanted && found.size > 1)
    throw new Error(
      `These files are of several currencies: ${[...found].map(([code, file]) => `${code} (${file})`).join(', ')}. Import the files of one shop at a time`,
    );
  const foreign = wanted ? [...found].find(([code]) => code !== wanted) : undefined;
  if (foreign)
    throw new Error(`${foreign[1]} is in ${foreign[0]}, but ${remedies.wanted(wanted ?? '', currency ? undefined : said)}`);
  const counted = wanted ?? [...found.keys()][0];
  const market = said ?? (counted === undefined ? undefined : marketOf(counted));
  const inForce = market && markets[market];
  const hinted = [...new Set(surveys.flatMap((survey) => [...survey.hinted]))];
  const hint = hinted.length ? ` (its words are those of ${hinted.join(' and ')}, but a seller anywhere may use them)` : '';
  if (counted === undefined) throw new PlanError(`No file names a currency; ${askMarket(remedies)}${hint}`, ['market']);
  const counts = zone ?? inForce?.zone;
  if (counts === undefined)
    throw new PlanError(`${counted} is no currency of a market that is known: say the zone too, ${remedies.zone}`, ['zone']);
  return {
    market,
    shop: { creatorId: creatorId ?? `tiktok-shop-${(market ?? counted).toLowerCase()}`, currency: counted, zone: counts },
  };
}

/** Which file shows that files of a kind write the day first, and which the month: those of one shop write it alike. */
type Beside = Map<FileKind, { [order in DateOrder]?: string }>;

function ordersShown(surveys: FileSurvey[]): Beside {
  const beside: Beside = new Map();
  for (const { file, tables } of surveys)
    for (const { kind, shown } of tables) {
      const known = beside.get(kind.kind) ?? {};
      for (const order of ['day', 'month'] as const) if (shown[order]) known[order] ??= file;
      beside.set(kind.kind, known);
    }
  return beside;
}

/** Kinds whose files write the day first in every market that was seen, the US too. */
const dayFirst = ['returns', 'affiliate'];

function orderOf(
  table: TableSurvey,
  file: string,
  market: MarketCode | undefined,
  exportedAt: number | undefined,
  zone: string,
  hinted: string[],
  beside: Beside,
  remedies: Remedies,
): PlannedTable {
  const { day, month } = table.shown;
  if (day && month)
    throw new Error(
      `${file}: ${day.first} has the day first and ${month.first} the month; a file writes one of them, so it was changed after its download. Download it again`,
    );
  if (day ?? month) {
    const order = day ? 'day' : 'month';
    return { table, order, because: `${order} first: ${(day ?? month)?.count} cells show it, such as ${(day ?? month)?.first}` };
  }
  if (table.eitherWay === 0) return { table, order: 'day', because: 'the year first, or none' };
  if (dayFirst.includes(table.kind.kind))
    return { table, order: 'day', because: `day first: files of ${table.kind.name} write it so in every market` };
  const hint = hinted.length ? ` (its words are those of ${hinted.join(' and ')}, but a seller anywhere may use them)` : '';
  if (!market)
    throw new PlanError(
      `${file}: no day in it is above 12, so day and month cannot be told apart; ${askMarket(remedies)}${hint}`,
      ['market'],
    );
  const others = beside.get(table.kind.kind) ?? {};
  if (others.day && others.month)
    throw new Error(
      `${file}: no day in it is above 12, and of the files beside it ${others.day} writes the day first and ${others.month} the month: one of them was changed after its download. Download them again`,
    );
  const shownBeside = others.day ? 'day' : others.month ? 'month' : undefined;
  const order = shownBeside ?? markets[market].orders;
  const isAhead = (each: DateOrder) => exportedAt !== undefined && instantOf(table.latest[each], zone) > exportedAt + 86_400_000;
  if (isAhead(order))
    throw new PlanError(
      `${file}: with the ${order} first, as files of ${market} write it, it holds times after its export; say the market that it is of: ${remedies.market}`,
      ['market'],
    );
  const because = shownBeside ? `${others[shownBeside]} shows it` : `files of ${market} write it so`;
  return { table, order, because: `${order} first: no day is above 12, and ${because}` };
}

/** The time that a file says it was exported at (ms): its name, else a line above its table. */
function saidAt({ file, said }: FileSurvey, zone: string): number | undefined {
  const named = timeInName(file);
  const at = (wall: string, offset: number | undefined) =>
    offset === undefined ? instantOf(wall, zone) : Date.parse(`${wall.replace(' ', 'T')}Z`) - offset * 60_000;
  if (named) return at(named.wall, named.offset);
  const downloaded = said.downloaded?.replaceAll('/', '-');
  const known = downloaded === undefined ? Number.NaN : at(downloaded, offsetInName(file));
  return Number.isNaN(known) ? undefined : known;
}

/** No file is older than the latest time in it: the later of the two is how new it is. */
function exportOf(
  survey: FileSurvey,
  tables: PlannedTable[],
  { exportedAt, now, remedies = flags }: PlanOptions,
  zone: string,
): number {
  const isOfPeriod = survey.tables.every(({ kind }) => ofPeriods.includes(kind.kind));
  // Unsettled orders up to a day were exported on that day at the earliest.
  const lastDay = survey.tables.some(({ kind }) => kind.kind === 'on-hold') ? periodIn(survey.file)?.to : undefined;
  const said =
    saidAt(survey, zone) ??
    exportedAt ??
    (lastDay === undefined ? undefined : instantOf(`${lastDay} 00:00:00`, zone)) ??
    (isOfPeriod ? statSync(survey.path).mtimeMs : undefined);
  if (said === undefined)
    throw new PlanError(
      `${survey.file}: its name does not say when it was exported, and without that an old export could replace a newer one. Give it its name back, such as …-2026-11-20-23_58, or say ${remedies.exportedAt}`,
      ['exportedAt'],
    );
  const latest = tables.map(({ table, order }) => (table.latest[order] ? instantOf(table.latest[order], zone) : 0));
  const at = Math.floor(Math.max(said, ...latest));
  if (said <= now + 86_400_000 && at > now + 86_400_000)
    throw new Error(
      `${survey.file}: a cell in it says ${tables
        .map(({ table, order }) => table.latest[order])
        .sort()
        .at(-1)}, which is still to come; nothing of this file is read. Download it again, or mend that cell`,
    );
  if (at > now + 86_400_000)
    throw new Error(
      `${survey.file}: was exported on ${new Date(at).toISOString()}, which is still to come; look at its name and at the clock of this machine`,
    );
  return at;
}

function planFile(
  survey: FileSurvey,
  shop: Shop,
  market: MarketCode | undefined,
  beside: Beside,
  options: PlanOptions,
): PlannedFile {
  const said = saidAt(survey, shop.zone) ?? options.exportedAt;
  const { remedies = flags } = options;
  const tables = survey.tables.map((table) =>
    orderOf(table, survey.file, market, said, shop.zone, [...survey.hinted], beside, remedies),
  );
  const period = periodIn(survey.said.period ?? '') ?? periodIn(survey.file);
  const needsPeriod = survey.tables.some(({ kind }) => ofPeriods.includes(kind.kind));
  if (needsPeriod && !period)
    throw new Error(
      `${survey.file}: neither a line in it nor its name says which days it is about; name it such as ads 2026-11-01 to 2026-11-20.xlsx`,
    );
  return { survey, tables, period, exportedAt: exportOf(survey, tables, options, shop.zone) };
}

/**
 * The plan for files of one shop, whatever order they are named in. Throws one PlanError that names every file that is refused as a whole,
 * each on a line of its own with its remedy; nothing may be sent then. It has questions where their answers are all that is missing.
 */
export async function planImport(paths: string[], options: PlanOptions): Promise<ImportPlan> {
  const refusals: Error[] = [];
  const keep = <T>(made: () => T): T | undefined => {
    try {
      return made();
    } catch (error) {
      refusals.push(error as Error);
      return undefined;
    }
  };
  const surveys: FileSurvey[] = [];
  for (const path of paths) {
    const survey = await surveyFile(path, options.encoding).catch((error: Error) => void refusals.push(error));
    if (survey) surveys.push(survey);
  }
  const known = surveys.length ? keep(() => shopOf(surveys, options)) : undefined;
  const beside = ordersShown(surveys);
  const files = known
    ? surveys.flatMap((survey) => keep(() => planFile(survey, known.shop, known.market, beside, options)) ?? [])
    : [];
  const sorted = files.toSorted((a, b) => a.exportedAt - b.exportedAt || (a.survey.path < b.survey.path ? -1 : 1));
  keep(() => refuseOtherShop(sorted, options.remedies ?? flags));
  keep(() => refuseOverlaps(sorted));
  if (refusals.length || !known) {
    const asked = refusals.map((each) => (each instanceof PlanError ? each.questions : []));
    const isOnlyAsked = asked.every((questions) => questions.length > 0);
    const words = refusals.map(({ message }) => message).join('\n');
    throw new PlanError(words || 'There is no file to import.', isOnlyAsked ? [...new Set(asked.flat())] : []);
  }
  return { ...known, files: sorted };
}
