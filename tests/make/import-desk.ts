/** How does a test import files by the page? The real handler and the real run over a real table, stream and bucket; runs wait until they are told. */
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { serve } from '../../functions/http.ts';
import { routes } from '../../functions/request-import/routes.ts';
import { parseEvent } from '../../shared/events/parse.ts';
import type { Incoming } from '../../shared/fold/fold.ts';
import { type ImportEvent, type ImportOutcome, type ImportStores, runImport } from '../../shared/imports/run.ts';
import { openLinks, openUploads } from '../../shared/lake/signed-link.ts';
import { applyBatch } from '../../shared/store/apply.ts';
import type { Table } from '../../shared/store/table.ts';
import { clientOf, type MadeBucket } from './bucket.ts';
import { type Answered, type Asked, ask } from './request.ts';
import { type MadeStream, type MadeTable, makeStream, makeTable } from './servers.ts';
import { shareBucket } from './shared-bucket.ts';

export type Files = { [name: string]: string | Uint8Array };
const path = '/v1/creators/{creatorId}/imports';

export interface ImportDesk {
  table: MadeTable;
  stream: MadeStream;
  bucket: MadeBucket;
  /** Events that runs were started with and that were not run yet. */
  started: ImportEvent[];
  setNow(instant: string): void;
  ask(asked: Asked): Promise<Answered>;
  /** POST …/imports, and each file put to its address. */
  drop(files: Files, more?: object, creator?: string): Promise<string>;
  step(id: string, step: 'survey' | 'confirm', answers?: object, creator?: string): Promise<Answered>;
  get(id: string, creator?: string): Promise<Answered['json']>;
  /** Runs what was started, as the function does; `change` may plant faults. */
  run(change?: (stores: ImportStores) => ImportStores): Promise<ImportOutcome[]>;
  /** Drops, surveys and confirms; answers the import as it then is. */
  imported(files: Files, creator?: string): Promise<Answered['json']>;
  keys(): Promise<string[]>;
  /** Counts what is on the stream and was not yet, as aggregate does. */
  apply(): Promise<void>;
  /** Texts of the files that an import refused, by name. */
  refused(id: string, creator?: string): Promise<{ [name: string]: string }>;
  /** Subjects on the stream of a creator, each with its newest version. */
  onStream(creator?: string): Promise<Map<string, number>>;
  /** The next start of a run fails. */
  refuseNext(error: Error): void;
  /** Requests go through this table from now on. */
  through(table: Table | undefined): void;
  close(): Promise<void>;
}

export async function makeImportDesk(instant = '2026-11-30T12:00:00Z'): Promise<ImportDesk> {
  const [table, stream, bucket] = await Promise.all([makeTable(), makeStream(1), shareBucket('results')]);
  let now = Date.parse(instant);
  let refusal: Error | undefined;
  let between: Table | undefined;
  const started: ImportEvent[] = [];
  const start = async (event: unknown) => {
    const failure = refusal;
    refusal = undefined;
    if (failure) throw failure;
    started.push(event as ImportEvent);
  };
  const sign = openUploads(bucket.lake.bucket, clientOf(bucket.url));
  const link = openLinks(bucket.lake.bucket, clientOf(bucket.url));
  const handler = serve(
    routes,
    () => ({
      table: { name: table.name, send: ((command: never) => (between ?? table).send(command)) as never },
      start,
      sign,
      link,
    }),
    () => now,
  );
  const askHandler = (asked: Asked) => ask(handler, asked);
  const drop: ImportDesk['drop'] = async (files, more = {}, creator = 'c-1') => {
    const named = Object.entries(files).map(([name, content]) => ({ name, bytes: Buffer.byteLength(content) }));
    const body = { files: named, ...more };
    const { json } = await askHandler({ route: `POST ${path}`, creatorId: creator, as: creator, body });
    for (const [i, content] of Object.values(files).entries()) {
      const response = await fetch(json.uploads[i].url, { method: 'PUT', body: content as Uint8Array<ArrayBuffer> });
      if (!response.ok) throw new Error(`${response.status} at a PUT`);
    }
    return json.id;
  };
  const step: ImportDesk['step'] = (id, name, answers = {}, creator = 'c-1') =>
    askHandler({ route: `POST ${path}/{id}/${name}`, creatorId: creator, as: creator, id, body: answers });
  const get: ImportDesk['get'] = async (id, creator = 'c-1') =>
    (await askHandler({ route: `GET ${path}/{id}`, creatorId: creator, as: creator, id })).json;
  const run: ImportDesk['run'] = async (change = (stores) => stores) => {
    const outcomes: ImportOutcome[] = [];
    for (const event of started.splice(0)) {
      const collector = { table, stream, epoch: 1 };
      outcomes.push(await runImport(change({ collector, uploads: bucket.lake, clock: () => now, batchEvents: 20 }), event));
    }
    return outcomes;
  };
  return {
    table,
    stream,
    bucket,
    started,
    setNow: (then) => {
      now = Date.parse(then);
    },
    ask: askHandler,
    drop,
    step,
    get,
    run,
    imported: async (files, creator) => {
      const id = await drop(files, {}, creator);
      await step(id, 'survey', {}, creator);
      await run();
      await step(id, 'confirm', {}, creator);
      await run();
      return get(id, creator);
    },
    keys: async () => {
      const { Contents = [] } = await bucket.lake.send(new ListObjectsV2Command({ Bucket: bucket.lake.bucket }));
      return Contents.map(({ Key = '' }) => Key).sort();
    },
    apply: async () => {
      const incoming = (await stream.records()).flatMap(({ seq, record }): Incoming[] => {
        const parsed = parseEvent(record.event, now);
        return parsed.ok ? [{ seq, record, entity: parsed.entity, subject: parsed.subject }] : [];
      });
      const { errors, refused } = await applyBatch(table, incoming);
      if (errors.length + refused.length > 0) throw new Error(JSON.stringify([errors.map(String), refused]));
    },
    refused: async (id, creator = 'c-1') => {
      const { json } = await askHandler({ route: `GET ${path}/{id}/refused`, creatorId: creator, as: creator, id });
      const texts = await Promise.all(
        json.files.map(async ({ name, url }: { name: string; url: string }) => [name, await (await fetch(url)).text()]),
      );
      return Object.fromEntries(texts);
    },
    onStream: async (creator = 'c-1') => {
      const newest = new Map<string, number>();
      for (const { record } of await stream.records()) {
        const { creatorid, subject, entityversion } = record.event;
        if (creatorid === creator) newest.set(subject, Math.max(entityversion, newest.get(subject) ?? 0));
      }
      return newest;
    },
    refuseNext: (error) => {
      refusal = error;
    },
    through: (other) => {
      between = other;
    },
    close: async () => {
      await Promise.all([table.close(), stream.close(), bucket.close()]);
    },
  };
}
