/** How does a test ask for exports? The real handler and the real run over a real table and a real bucket; runs wait until they are told. */
import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { serve } from '../../functions/http.ts';
import { routes } from '../../functions/request-export/routes.ts';
import { type MailOutcome, mailExport } from '../../shared/exports/mail.ts';
import { type ExportEvent, type ExportStores, type Outcome, runExport } from '../../shared/exports/run.ts';
import { startDue } from '../../shared/exports/schedules.ts';
import { openLinks } from '../../shared/lake/signed-link.ts';
import type { Lake } from '../../shared/lake/store.ts';
import type { Message } from '../../shared/mail/message.ts';
import { clientOf, type MadeBucket } from './bucket.ts';
import { type Answered, type Asked, ask } from './request.ts';
import { shareBucket } from './shared-bucket.ts';
import { makeShop, type Shop } from './shop.ts';

export interface ExportsContext {
  shop: Shop;
  bucket: MadeBucket;
  results: Lake;
  /** Events that runs were started with and that were not run yet. */
  started: ExportEvent[];
  setNow(instant: string): void;
  ask(asked: Asked): Promise<Answered>;
  /** POST …/exports as a creator. */
  post(body: unknown, creator?: string): Promise<Answered>;
  get(id: string, creator?: string): Promise<Answered>;
  /** What was mailed, and what became of each run's mail. */
  mails: Message[];
  mailed: MailOutcome[];
  /** The next mail is not taken; with `isSent` it is, and the answer is lost. */
  refuseMail(error: Error, isSent?: boolean): void;
  /** Runs what was started, as the function does; `change` may plant faults. */
  run(change?: (stores: ExportStores) => ExportStores): Promise<Outcome[]>;
  /** Asks, runs, and answers the job as it then is. */
  finished(body: unknown, creator?: string): Promise<Answered['json']>;
  /** Starts what is due by a schedule. */
  due(): Promise<number>;
  keys(): Promise<string[]>;
  read(key: string): Promise<Buffer>;
  /** The next start of a run fails. */
  refuseNext(error: Error): void;
  close(): Promise<void>;
}

export async function makeDesk(instant = '2026-03-20T16:30:00Z'): Promise<ExportsContext> {
  const [shop, bucket] = await Promise.all([makeShop(instant), shareBucket('results')]);
  const results = bucket.lake;
  let now = Date.parse(instant);
  let refusal: Error | undefined;
  const started: ExportEvent[] = [];
  const start = async (event: unknown) => {
    const failure = refusal;
    refusal = undefined;
    if (failure) throw failure;
    started.push(event as ExportEvent);
  };
  const mails: Message[] = [];
  const mailed: MailOutcome[] = [];
  let refusedMail: { error: Error; isSent: boolean } | undefined;
  const send = async (message: Message) => {
    const failure = refusedMail;
    refusedMail = undefined;
    if (!failure || failure.isSent) mails.push(message);
    if (failure) throw failure.error;
  };
  const sender = { send, apiUrl: 'https://api.example.com/' };
  const pause = async (milliseconds: number) => {
    now += milliseconds;
  };
  const sign = openLinks(results.bucket, clientOf(bucket.url));
  const { table } = shop;
  const handler = serve(
    routes,
    () => ({ table, start, sign, sendsMail: true, cursorKey: 'a key' }),
    () => now,
  );
  const exports = '/v1/creators/{creatorId}/exports';
  const post = (body: unknown, creator = 'c-1') =>
    ask(handler, { route: `POST ${exports}`, creatorId: creator, as: creator, body });
  const get = (id: string, creator = 'c-1') =>
    ask(handler, { route: `GET ${exports}/{id}`, creatorId: creator, as: creator, id });
  const run: ExportsContext['run'] = (change = (stores) => stores) =>
    Promise.all(
      started.splice(0).map(async (event) => {
        const stores = change({ table, results, clock: () => now });
        const outcome = await runExport(stores, event);
        mailed.push(await mailExport({ sender, pause, ...stores }, event));
        return outcome;
      }),
    );
  const read = async (Key: string) => {
    const { Body } = await results.send(new GetObjectCommand({ Bucket: results.bucket, Key }));
    return Buffer.from((await Body?.transformToByteArray()) ?? []);
  };
  return {
    shop,
    bucket,
    results,
    started,
    mails,
    mailed,
    refuseMail: (error, isSent = false) => {
      refusedMail = { error, isSent };
    },
    setNow: (then) => {
      now = Date.parse(then);
      shop.setNow(then);
    },
    ask: (asked) => ask(handler, asked),
    post,
    get,
    run,
    finished: async (body, creator) => {
      const { json } = await post(body, creator);
      await run();
      return (await get(json.id, creator)).json;
    },
    due: () => startDue({ table, start }, now),
    keys: async () => {
      const { Contents = [] } = await results.send(new ListObjectsV2Command({ Bucket: results.bucket }));
      return Contents.map(({ Key = '' }) => Key).sort();
    },
    read,
    refuseNext: (error) => {
      refusal = error;
    },
    close: async () => {
      await Promise.all([shop.close(), bucket.close()]);
    },
  };
}
