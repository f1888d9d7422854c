/**
 * How many rounds does a law run? Few in `npm test`, so that it is soon over, and all of them in CI, where TEST_ROUNDS is `full`. A
 * number for TEST_ROUNDS is the rounds of every law of the files that are run. docs/03-reports/weight-and-waiting.md has both numbers.
 */

/** One law, and how often it is held to what chance brings. */
interface Law {
  says: string;
  /** Its file in tests/. */
  file: string;
  usual: number;
  full: number | 'all';
  /** The command of .ci/run that plays the full rounds, where it is not the test itself. */
  step?: string;
}

// biome-ignore format: a table
const table = {
  agreeDeclared: { says: 'stream and lake come to the same cells of every declared KPI', file: 'agree/stream-and-lake', usual: 3, full: 40 },
  agreeStored: { says: 'the same of a stored daily snapshot', file: 'agree/stream-and-lake', usual: 1, full: 20 },
  agreeLanguage: { says: 'stream and lake agree on all that a declaration can say, three subjects each', file: 'agree/declarations', usual: 2, full: 40 },
  agreeLanguageStored: { says: 'the same of a stored daily snapshot', file: 'agree/declarations', usual: 1, full: 20 },
  fuzz: { says: 'every record is counted or quarantined, and every good one counted: events', file: 'fuzz/poison', usual: 1000, full: 100_000 },
  questions: { says: 'any question is answered or refused, never failed: questions', file: 'functions/query-fuzz', usual: 800, full: 50_000 },
  moving: { says: 'a number that something accepted still moves is partial', file: 'reports/moving', usual: 4, full: 250 },
  sameMark: { says: 'an answer of the same mark is the same, whatever happened in between', file: 'reports/mark', usual: 10, full: 300 },
  health: { says: 'health is near the truth at any moment', file: 'reports/health', usual: 4, full: 120 },
  marks: { says: 'marks stay true when collect and aggregate write them at once', file: 'store/marks-race', usual: 40, full: 3000 },
  appended: { says: 'what is appended counts once, in however many items it stands: orders of batches', file: 'store/append', usual: 20, full: 400 },
  catalogue: { says: 'the catalogue holds the newest snapshots', file: 'store/catalogue', usual: 25, full: 100 },
  refusedCalls: { says: 'a record that the store refuses is quarantined alone, whichever call fails: calls', file: 'store/refused-writes', usual: 15, full: 60 },
  reconciled: { says: 'a comparison while events go on names exactly what was changed by hand', file: 'lake/reconcile', usual: 1, full: 20 },
  brokenOff: { says: 'what a batch has moved that broke off is moving: calls at which it breaks off', file: 'lake/reconcile', usual: 3, full: 10 },
  atCut: { says: 'the lake at a cut is the fold of the records up to it', file: 'lake/at-cut', usual: 1, full: 20 },
  nightKills: { says: 'a night is seen whole or not at all: calls at which its run is killed', file: 'lake/store-daily-snapshot', usual: 5, full: 20 },
  narrowed: { says: 'a narrowed report is its row of the split: ranges for each dimension and grain', file: 'reports/where', usual: 1, full: 3 },
  movers: { says: 'what moved a number adds up to its change: shops', file: 'reports/movers', usual: 2, full: 60 },
  worlds: { says: 'a hostile world leaves every total what it should be', file: 'crash/worlds', usual: 6, full: 200, step: 'npm run --silent worlds -- 1 200' },
  axe: { says: 'no screen on a phone has a violation that axe finds: languages in which it looks', file: 'web/languages', usual: 1, full: 4 },
  olist: { says: 'the API gives the numbers of the files: real sellers, where they are at hand', file: 'e2e/olist', usual: 1, full: 12 },
  sellers: { says: 'totals agree with the lake: real sellers, and a hundred times as many invoices', file: 'e2e/reconcile', usual: 1, full: 6 },
  changedCells: { says: 'a cell that was changed by hand is found: cells, of a day and of a month', file: 'e2e/reconcile', usual: 1, full: 2 },
  killedImport: { says: 'an import comes to the same numbers sent roughly: kills of the service', file: 'e2e/killed-import', usual: 1, full: 3 },
  killedEvents: { says: 'an import comes to the same numbers sent roughly: events of each seller', file: 'e2e/killed-import', usual: 800, full: 'all' },
  replayed: { says: 'a replay moves the totals to changed KPIs exactly: events', file: 'e2e/replay', usual: 400, full: 1200 },
  lakeWorlds: { says: 'a hostile archive and a hostile compaction keep everything: worlds of each', file: 'crash/lake', usual: 1, full: 2 },
  worldRules: { says: 'a world goes wrong without each rule: rules that are left out in turn', file: 'crash/worlds', usual: 6, full: 'all' },
  lakeRules: { says: 'a lake goes wrong without each rule: rules that are left out in turn', file: 'crash/lake', usual: 3, full: 'all' },
  agreeBugs: { says: 'stream and lake are told apart by each planted bug: bugs', file: 'agree/stream-and-lake', usual: 4, full: 'all' },
  statementGrains: { says: 'the embedded Athena adds up as DuckDB does by every grain: grains', file: 'lake/statements', usual: 1, full: 'all' },
  axeScreens: { says: 'no screen has a violation that axe finds: screens', file: 'web/screens', usual: 3, full: 'all' },
  languageScreens: { says: 'every screen is whole in every language: screens in each', file: 'web/languages', usual: 3, full: 'all' },
  paperScreens: { says: 'every screen is whole on paper, and says its range: screens', file: 'web/print', usual: 2, full: 'all' },
  oldShopScreens: { says: 'every screen says where the numbers of an old shop are: screens', file: 'web/old-shop', usual: 1, full: 'all' },
  lakeKills: { says: 'the lake survives SIGKILL of real processes: kills of archive and of compaction', file: 'crash/lake', usual: 1, full: 20, step: 'npm run --silent lake-crash' },
  stoppedImport: { says: 'an import whose function is killed at any call and run again ends complete: calls', file: 'imports/killed', usual: 5, full: 'all' },
  stoppedPoll: { says: 'reading a shop that is stopped at any call and resumed ends complete: calls', file: 'sources/tiktok-shop/poll', usual: 25, full: 'all' },
} satisfies { [name: string]: Law };

export const laws: { [name in keyof typeof table]: Law } = table;
export type LawName = keyof typeof table;

const asked = process.env.TEST_ROUNDS ?? '';
export const isFull = asked === 'full';
if (asked && !isFull && !/^[1-9]\d*$/.test(asked)) throw new Error(`TEST_ROUNDS is "full" or a number, not ${asked}`);

/** How many rounds of a law this run plays. */
export function roundsOf(name: LawName): number {
  const { usual, full, step }: Law = laws[name];
  if (isFull && full === 'all') return Number.POSITIVE_INFINITY;
  if (isFull) return step ? usual : Number(full);
  return asked ? Number(asked) : usual;
}

/** Those of a law's cases that this run looks at. */
export const someOf = <T>(all: readonly T[], name: LawName): T[] => spread(all, roundsOf(name));

/** So many of some things, evenly spread over all of them, from `first` on. */
export function spread<T>(all: readonly T[], count: number, first = 0): T[] {
  const many = Math.min(count, all.length);
  return Array.from({ length: many }, (_, i) => all[(first + Math.floor((i * all.length) / many)) % all.length] as T);
}
