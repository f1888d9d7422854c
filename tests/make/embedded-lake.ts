/** How does a test ask the embedded Athena? The template's tables and views over files that lie as the embedded S3 keeps them. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Engine, openEngine } from '../../local/athena/engine.ts';
import { type Deployment, planDeployment } from '../../local/deployment.ts';
import { synthesize } from '../../local/synth.ts';
import { readStacks } from '../../local/template.ts';
import type { Incoming } from '../../shared/fold/fold.ts';
import { writeParquet } from '../../shared/lake/parquet.ts';
import { rowsOf } from '../../shared/lake/rows.ts';

export interface EmbeddedLake {
  engine: Engine;
  bucket: string;
  /** Where an object of the lake lies on disk; its meta file is made. */
  place(key: string): string;
  /** Archives records: a file for each table, arrived on a day. Answers the names of these tables. */
  put(records: Incoming[], day: string): string[];
  close(): void;
}

let plan: Promise<Deployment> | undefined;
/** What the template deploys; read once, for a test makes many lakes. */
async function readPlan(): Promise<Deployment> {
  const { outDir } = await synthesize(() => {});
  const names = join(outDir, 'bundle-names.json');
  return planDeployment(readStacks(outDir), existsSync(names) ? JSON.parse(readFileSync(names, 'utf8')) : {});
}

/** An empty lake on disk, as the embedded S3 keeps it, with the tables and views of the template. What statements write can be cut short. */
export async function makeEmbeddedLake(beforePut: (key: string) => void = () => {}, isMeasuring = true): Promise<EmbeddedLake> {
  plan ??= readPlan();
  const { functions, athena } = await plan;
  const bucket = functions.find(({ name }) => name === 'archive')?.environment.LAKE_BUCKET ?? '';
  const folder = mkdtempSync(join(tmpdir(), 'lake-bench-'));
  const place = (key: string, of = bucket): string => {
    const file = join(folder, 's3/buckets', of, 'objects', key);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.meta.json`, '{}');
    return `${file}.data`;
  };
  const engine = openEngine({
    catalog: athena,
    storageDir: join(folder, 's3'),
    stateDir: folder,
    isMeasuring,
    put: async (to, key, body) => {
      beforePut(key);
      writeFileSync(place(key, to), body);
    },
  });
  return {
    engine,
    bucket,
    place,
    put: (records, day) => {
      const tables = Map.groupBy(records.flatMap(rowsOf), ({ table }) => table);
      for (const [{ prefix, columns }, some] of tables)
        writeFileSync(
          place(`${prefix}/dt=${day}/whole.parquet`),
          writeParquet(
            columns,
            some.map(({ row }) => row),
          ),
        );
      return [...tables.keys()].map(({ name }) => name);
    },
    close: () => {
      engine.close();
      rmSync(folder, { recursive: true });
    },
  };
}
