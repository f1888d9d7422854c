/** What does the job that computes profit take, for ten, a hundred, a thousand creators, and against asking for each creator alone? */
import { computeInsight } from '../../shared/insight/run.ts';
import type { Athena } from '../../shared/lake/athena.ts';
import { acceptProfile } from '../../shared/store/profiles.ts';
import { addDays } from '../../shared/time.ts';
import { athenaOf } from '../make/embedded-athena.ts';
import { type EmbeddedLake, makeEmbeddedLake } from '../make/embedded-lake.ts';
import { makeCreator } from '../make/events.ts';
import { makeTable } from '../make/servers.ts';
import { incomingOf } from './records.ts';
import { shopHistory } from './shop.ts';
import { median, rounded } from './statistics.ts';

const eventsOfEach = 1000;
/** Creators whose events are put into the lake at once: a day of arrival each. */
const creatorsAPut = 50;
const alone = 10;

/** Athena of a lake, and how many bytes its statements read. */
function metered(lake: EmbeddedLake): { athena: Athena; bytes: () => number } {
  let bytes = 0;
  const { engine } = lake;
  const query: typeof engine.query = async (...asked) => {
    const answer = await engine.query(...asked);
    bytes += answer.scannedBytes;
    return answer;
  };
  return { athena: athenaOf({ ...lake, engine: { ...engine, query } }), bytes: () => bytes };
}

async function measured<Answer>(bytes: () => number, run: () => Promise<Answer>) {
  const [before, began, cpu] = [bytes(), performance.now(), process.cpuUsage()];
  const answer = await run();
  const { user, system } = process.cpuUsage(cpu);
  return {
    answer,
    seconds: rounded((performance.now() - began) / 1000, 2),
    cpuSeconds: rounded((user + system) / 1e6, 2),
    megabytes: rounded((bytes() - before) / 1e6, 1),
  };
}

async function ofMany(creators: number) {
  const lake = await makeEmbeddedLake();
  const table = await makeTable();
  try {
    const now = Date.now();
    const names = Array.from({ length: creators }, (_, i) => `c-${String(i).padStart(4, '0')}`);
    for (let i = 0; i < creators; i += creatorsAPut) {
      const some = names.slice(i, i + creatorsAPut);
      const events = some.flatMap((name) => [...shopHistory(name, eventsOfEach, now)]);
      lake.put(incomingOf(events), addDays('2026-01-01', i / creatorsAPut));
      for (const name of some) await acceptProfile(table, makeCreator(name, {}));
      console.error(`${i + some.length} of ${creators} creators are in the lake`);
    }
    const { athena, bytes } = metered(lake);
    const stores = { table, athena };
    const { answer, ...together } = await measured(bytes, () => computeInsight(stores, { now: () => now }));
    const each: { seconds: number; megabytes: number }[] = [];
    for (const creatorId of names.slice(0, alone)) {
      const { seconds, megabytes } = await measured(bytes, () => computeInsight(stores, { creatorId, now: () => now + 1 }));
      each.push({ seconds, megabytes });
    }
    const one = {
      seconds: median(each.map(({ seconds }) => seconds)),
      megabytes: median(each.map(({ megabytes }) => megabytes)),
    };
    return {
      ...answer,
      ...together,
      oneAlone: one,
      timesFasterThanEachAlone: rounded((one.seconds * creators) / together.seconds, 1),
      timesFewerBytes: rounded((one.megabytes * creators) / together.megabytes, 1),
      rssMegabytes: Math.round(process.memoryUsage.rss() / 1e6),
    };
  } finally {
    lake.close();
    await table.close();
  }
}

/** Profit for 10, 100 and as many creators as asked, each with a thousand events; ten of them alone for comparison. */
export async function insight(creators: number) {
  const runs: Awaited<ReturnType<typeof ofMany>>[] = [];
  for (const count of [10, 100, creators]) runs.push(await ofMany(count));
  return { eventsOfEach, runs };
}
