/** Who reads the lake? DuckDB over the files on disk by the views' rule, and a fast one that remembers every file it has decoded. */
import { DuckDBInstance } from '@duckdb/node-api';
import { type LakeTable, lakeTables } from '../../shared/lake/columns.ts';
import { listFiles, readWhole } from '../../shared/lake/files.ts';
import { type RowGroup, readRowGroup } from '../../shared/lake/row-group.ts';
import type { Lake } from '../../shared/lake/store.ts';
import { newestViews } from '../../shared/lake/views.ts';
import { difference, type LakeTruth, linesOf, nameOf } from './lake-history.ts';

const brokenName = 'broken';
/** A file that no one can read, put there on purpose. */
export const isBroken = (key: string): boolean => key.endsWith(`${brokenName}.parquet`);
export const brokenKey = (table: LakeTable, dt: string): string =>
  `${table.prefix}/dt=${dt}/shardId-000000000000-${brokenName}.parquet`;

const tableOf = (key: string): LakeTable | undefined => lakeTables.find(({ prefix }) => key.startsWith(`${prefix}/`));
const snapshot = "concat_ws(' ', creator_id, subject, version, definitions, profile, hash)";

/** A DuckDB with these tables' files as Athena has them, and the views over them. Answers the first column of a statement. */
async function openViews(files: Map<LakeTable, string[]>): Promise<{ names(sql: string): Promise<string[]>; close(): void }> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  for (const [{ name }, paths] of files) {
    const list = paths.map((path) => `'${path}'`).join(', ');
    await connection.run(`CREATE VIEW ${name} AS SELECT * FROM read_parquet([${list}], union_by_name = true)`);
  }
  const there = new Set([...files.keys()].map(({ view }) => view));
  for (const { name, sql } of newestViews()) if (there.has(name)) await connection.run(`CREATE VIEW ${name} AS ${sql}`);
  return {
    names: async (sql) => (await connection.runAndReadAll(sql)).getRows().map(([name]) => String(name)),
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/** Everything that is wrong with what the views and the raw tables tell, asked of DuckDB over the files on disk. */
export async function wrongInViews(lake: Lake, pathOf: (key: string) => string, truth: LakeTruth): Promise<string[]> {
  const keys = (await listFiles(lake, 'raw/')).map(({ key }) => key).filter((key) => !isBroken(key));
  const files = new Map<LakeTable, string[]>();
  for (const key of keys) {
    const table = tableOf(key);
    if (table) files.set(table, [...(files.get(table) ?? []), pathOf(key)]);
  }
  const { names, close } = await openViews(files);
  const found = {
    newest: [] as string[],
    snapshots: [] as string[],
    seqs: [] as string[],
    lines: [] as string[],
    newestLines: [] as string[],
  };
  for (const { name, view, list } of files.keys())
    if (list) {
      const line = `'${list} ' || ${snapshot} || ' ' || line`;
      found.lines.push(...(await names(`SELECT DISTINCT ${line} FROM ${name}`)));
      found.newestLines.push(...(await names(`SELECT ${line} FROM ${view}`)));
    } else {
      found.snapshots.push(...(await names(`SELECT DISTINCT ${snapshot} FROM ${name}`)));
      found.seqs.push(...(await names(`SELECT DISTINCT seq FROM ${name}`)));
      found.newest.push(...(await names(`SELECT ${snapshot} FROM ${view}`)));
    }
  close();
  return [
    ...difference('newest snapshots', found.newest, truth.newest),
    ...difference('lines of newest snapshots', found.newestLines, truth.newestLines),
    ...difference('snapshots', found.snapshots, truth.snapshots),
    ...difference('records', found.seqs, truth.seqs),
    ...difference('lines', found.lines, truth.lines),
  ];
}

interface Rows {
  snapshots: string[];
  seqs: string[];
  lines: string[];
  /** Lines that each snapshot should have, by its data. */
  expected: string[];
}

function rowsOf({ rows, cells }: RowGroup, list: string | undefined): Rows {
  const found: Rows = { snapshots: [], seqs: [], lines: [], expected: [] };
  const at = (name: string, row: number) => cells.get(name)?.[row];
  for (let row = 0; row < rows; row++) {
    const [version, definitions, profile] = ['version', 'definitions', 'profile'].map((name) => Number(at(name, row)));
    const order = { version, definitions, profile, hash: String(at('hash', row)) } as Parameters<typeof nameOf>[2];
    const name = nameOf(String(at('creator_id', row)), String(at('subject', row)), order);
    if (list) found.lines.push(`${list} ${name} ${at('line', row)}`);
    else {
      found.snapshots.push(name);
      found.seqs.push(String(at('seq', row)));
      found.expected.push(...linesOf(name, JSON.parse(String(at('data', row)))));
    }
  }
  return found;
}

/** Reads whatever is listed, now or later; files never change under their name and tag, so each is decoded once. */
export class FastReader {
  readonly #lake: Lake;
  readonly #known = new Map<string, Rows>();
  constructor(lake: Lake) {
    this.#lake = lake;
  }

  async list(): Promise<string[]> {
    return (await listFiles(this.#lake, 'raw/'))
      .map(({ key, etag }) => `${key}\n${etag}`)
      .filter((one) => !isBroken(one.split('\n')[0] ?? ''));
  }

  async #rows(listed: string): Promise<Rows> {
    const [key = ''] = listed.split('\n');
    const found = await readWhole(this.#lake, key);
    if (!found) throw new Error(`${key} is gone`);
    return rowsOf(await readRowGroup(found.bytes), tableOf(key)?.list);
  }

  /** All rows of these files. */
  async read(listed: string[]): Promise<Rows> {
    const all: Rows = { snapshots: [], seqs: [], lines: [], expected: [] };
    for (const one of listed) {
      const rows = this.#known.get(one) ?? (await this.#rows(one));
      this.#known.set(one, rows);
      for (const name of ['snapshots', 'seqs', 'lines', 'expected'] as const) for (const row of rows[name]) all[name].push(row);
    }
    return all;
  }

  /** What a reader finds wrong now. */
  async wrong(truth: LakeTruth): Promise<string[]> {
    const { snapshots, seqs, lines } = await this.read(await this.list());
    return [
      ...difference('snapshots', new Set(snapshots), truth.snapshots),
      ...difference('records', new Set(seqs), truth.seqs),
      ...difference('lines', new Set(lines), truth.lines),
    ];
  }

  /** What is lacking of an earlier truth in these files. Nothing where one of them is gone: that reader is told so, and asks again. */
  async lacking(truth: LakeTruth, listed: string[]): Promise<string[]> {
    const found = await this.read(listed).catch(() => undefined);
    if (!found) return [];
    return (['snapshots', 'seqs', 'lines'] as const).flatMap((name) => {
      const there = new Set(found[name]);
      const missing = [...truth[name]].filter((one) => !there.has(one));
      return missing.length ? [`${missing.length} ${name} are missing: ${missing[0]}`] : [];
    });
  }

  /** Snapshots that are there without all of their lines. */
  async withoutLines(): Promise<string[]> {
    const { lines, expected } = await this.read(await this.list());
    const found = new Set(lines);
    const missing = expected.filter((line) => !found.has(line));
    return missing.length ? [`${missing.length} lines of snapshots are missing: ${missing[0]}`] : [];
  }
}
