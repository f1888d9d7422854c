/** What happens in a world? Shops change, streams are replaced, code is deployed, creators move, records are lost, set right and replayed. */
import { accept, append, type Creator, creatorEvent, makeEvent, nextGeneration, put, versionAt } from './collect.ts';
import { zones } from './local-time.ts';
import { makeShard } from './mapping.ts';
import { canCount, isRateless, type LakeRecord, newestOf } from './newest.ts';
import type { Scene } from './scene.ts';
import { someInstant, someSnapshot, unseenChange } from './shop.ts';

export interface Happenings {
  /** What is still to come, creators' moves under way among it. */
  isOver(): boolean;
  /** Lets the next thing happen. */
  next(): void;
  /** After everything has been taken: what makes good what is missing. False when nothing is left to do. */
  makeGood(): Promise<boolean>;
}

const garbage = '{"event":';

export function makeHappenings(scene: Scene): Happenings {
  const { chance, size, say, creators } = scene;
  let left = size.events;
  let moving = 0;
  // Half of the worlds are replayed in the end. Where a rule is off that gives stamps their meaning, all are: else none could be right.
  let isRetold = scene.on('stamp') && scene.on('profile') && chance.happens(0.5);
  const reshardAt = chance.below(size.events);
  const streamAt = chance.below(size.events);
  const movesAt = [chance.below(size.events), chance.below(size.events)];
  const lossAt = scene.on('drop') && chance.happens(0.2) ? chance.below(size.events) : -1;
  const unsettled = new Set<Creator>();
  const replayed = new Set<string>();

  function log(creator: Creator, event: LakeRecord['event'], least?: number): void {
    const { place, stamp } = put(scene, chance, creator, event, least);
    const { definitions, profile, generation } = stamp;
    say(
      `put ${place} ${creator.id} ${event.subject} v${event.entityversion} d${definitions} p${profile} g${generation} ${JSON.stringify(event.data)}`,
    );
  }

  /** Tells the newest snapshots again, under the stamps of now: never a lower one than before. */
  function replayNewest(only?: Creator): void {
    say('replay');
    for (const { event, stamp } of newestOf(scene.records.filter(canCount)).values())
      if (!only || only.id === event.creatorid) log(scene.creatorNamed(event.creatorid), event, stamp.definitions);
  }

  function addShard(epochsOn: number): void {
    const { epoch } = scene.shards.at(-1)!;
    scene.shards.push(makeShard(scene.shards.length, epoch + epochsOn, chance.below(4)));
    if (epochsOn) scene.count = 0;
    say(epochsOn ? 'a new stream' : 'a reshard');
  }

  function move(creator: Creator, n: number): void {
    const event = creatorEvent(creator.id, chance.pick(zones), versionAt(n), someInstant(chance));
    moving++;
    void accept(scene.tableOf({ name: 'collect', state: 'live' }), creator, event).then(() => {
      log(creator, event);
      if (chance.happens(0.5)) replayNewest(creator);
      moving--;
    });
  }

  /** The same again; or a newer version in which nothing, or nothing that is counted, has changed. */
  function repeat({ event }: LakeRecord, n: number): void {
    const how = chance.below(4);
    const data = how === 3 ? unseenChange(chance, event.data) : event.data;
    log(scene.creatorNamed(event.creatorid), how === 0 ? event : { ...event, data, entityversion: versionAt(n) });
  }

  /** From then on only a fresh generation can be right. */
  function lose(): void {
    const lane = chance.pick(scene.shards.flatMap((shard) => shard.lanes));
    const lost = lane.entries.splice(lane.position);
    for (const { creator, sequenceNumber } of lost) {
      unsettled.add(scene.creatorNamed(creator));
      scene.lost.add(`${lane.shard.id}/${sequenceNumber}`);
    }
    say(`lost: ${lost.length} records`);
  }

  function replay(key: string, body: string): void {
    replayed.add(key);
    const { data } = JSON.parse(body) as { data: string };
    const text = Buffer.from(data, 'base64').toString();
    if (text === garbage) return;
    const { event } = JSON.parse(text) as LakeRecord;
    const creator = scene.creatorNamed(event.creatorid);
    if (!isRateless(event)) log(creator, event, 2);
    else log(creator, { ...event, entityversion: event.entityversion + 1, data: { ...event.data, exchangeRate: '2' } });
  }

  return {
    isOver: () => left === 0 && moving === 0,
    next() {
      if (left === 0) return;
      left--;
      const n = size.events - left;
      const creator = chance.pick(creators);
      if (left === lossAt) lose();
      if (left === reshardAt) addShard(0);
      if (left === streamAt) addShard(1);
      if (n === Math.floor(size.events / 3)) scene.code = [1, 2];
      if (n === Math.floor((2 * size.events) / 3)) scene.code = [2];
      const known = chance.happens(0.35) ? chance.pick(scene.records.slice(-12)) : undefined;
      if (movesAt.includes(left)) move(creator, n);
      else if (known && !known.event.subject.startsWith('creator/')) repeat(known, n);
      else if (chance.happens(0.03)) append(scene, creator, garbage);
      else {
        // Late by up to eight, and three in a row of one version.
        const version = versionAt(Math.floor((n - chance.below(9)) / 3) * 3);
        log(creator, makeEvent(creator.id, someSnapshot(chance, size.orders), version, '2026-12-01T00:00:00Z'));
      }
    },
    async makeGood() {
      const waiting = [...scene.objects].filter(([key]) => !replayed.has(key));
      if (unsettled.size) {
        for (const creator of unsettled) {
          await nextGeneration(scene.table, creator);
          replayNewest(creator);
        }
        unsettled.clear();
      } else if (waiting.length) for (const [key, body] of waiting) replay(key, body);
      else if (!isRetold) {
        isRetold = true;
        replayNewest();
      } else return false;
      return true;
    },
  };
}
