/** How does a lane run the function? With the code of some version, the table call by call, and what the rules let it see. */
import type { KinesisStreamEvent } from 'aws-lambda';
import type { Actor } from './calls.ts';
import { dictionaries, type Version } from './kpis.ts';
import { type Entry, type Lane, nextBatch, settleRun } from './mapping.ts';
import type { Code } from './mutants.ts';
import type { LakeRecord } from './newest.ts';
import type { Scene } from './scene.ts';

export interface Invocations {
  /** Starts the lane's next invocation. */
  start(lane: Lane): void;
  /** Takes what ended. */
  finish(): void;
  /** The invocation behind a call times out. */
  timeOut(actor: Actor): void;
  failed: number;
}

/** Far above what any world needs: a batch that fails for good goes round for ever. */
const most = 3000;
const givesUpAfter = 4;
const timeout = (): Error => Object.assign(new Error('timed out'), { name: 'TimeoutError' });

export function makeInvocations(scene: Scene, code: Code): Invocations {
  const { chance, on, say } = scene;
  const lanes = (): Lane[] => scene.shards.flatMap((shard) => shard.lanes);
  let count = 0;

  /** What an invocation sees of a record: its bytes, unless a rule is off that keeps them so. */
  function seen({ creator, data }: Entry, version: Version): string {
    if (on('stamp') && on('profile') && on('epoch')) return data;
    let record: LakeRecord;
    try {
      record = JSON.parse(Buffer.from(data, 'base64').toString());
    } catch {
      return data;
    }
    const { zones, revision } = scene.creatorNamed(creator).profile;
    if (!on('stamp')) record.stamp.definitions = version;
    if (!on('profile')) Object.assign(record.stamp, { zones, profile: revision });
    if (!on('epoch')) record.stamp.epoch = version;
    return Buffer.from(JSON.stringify(record)).toString('base64');
  }

  const invocations: Invocations = {
    failed: 0,
    start(lane) {
      const { segment, entries } = nextBatch(lane, chance);
      const version = chance.pick(scene.code);
      const actor: Actor = { name: `invocation ${++count} of code ${version}`, state: 'live' };
      if (count > most)
        throw new Error(`stuck: ${entries.map(({ sequenceNumber }) => sequenceNumber).join()} never gets through`);
      const run: Lane['run'] = { actor, segment };
      lane.run = run;
      say(`  ${actor.name}: ${entries.map((entry) => entry.sequenceNumber.slice(-4)).join(' ')} of ${lane.shard.id}`);
      const table = scene.tableOf(actor);
      const handler = code.streamHandler(
        (records, quarantineRefused) => code.applyBatch(table, records, dictionaries[version], quarantineRefused),
        { bucket: 'quarantine', send: scene.calls.sendOf(actor) as never },
      );
      const Records = entries.map((entry) => ({
        eventID: `${lane.shard.id}:${entry.sequenceNumber}`,
        kinesis: { sequenceNumber: entry.sequenceNumber, partitionKey: entry.creator, data: seen(entry, version) },
      }));
      handler({ Records } as KinesisStreamEvent).then(
        ({ batchItemFailures }) => {
          run.outcome ??= { retryFrom: batchItemFailures[0]?.itemIdentifier };
        },
        (error: unknown) => {
          run.outcome ??= { error };
        },
      );
    },
    finish() {
      for (const lane of lanes()) {
        const { actor, outcome } = lane.run ?? {};
        if (!actor || !outcome) continue;
        const error = 'error' in outcome ? (outcome.error as Error) : undefined;
        if (error && error.name !== 'TimeoutError' && error.constructor.name !== 'UnknownDefinitions') throw error;
        const retryFrom = 'retryFrom' in outcome ? outcome.retryFrom : undefined;
        if (error || retryFrom) invocations.failed++;
        say(
          `  ${actor.name} ${error ? `fails: ${error.message}` : retryFrom ? `is to be sent again from ${retryFrom.slice(-4)}` : 'is done'}`,
        );
        for (const { data, sequenceNumber } of settleRun(lane, chance, on('drop') ? Number.POSITIVE_INFINITY : givesUpAfter))
          scene.objects.set(`quarantine/${lane.shard.id}/${sequenceNumber}.json`, JSON.stringify({ reason: 'given up', data }));
      }
    },
    timeOut(actor) {
      scene.calls.bury(actor);
      const lane = lanes().find(({ run }) => run?.actor === actor);
      if (lane?.run) lane.run.outcome = { error: timeout() };
    },
  };
  return invocations;
}
