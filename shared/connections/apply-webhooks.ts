/** What becomes of messages that were taken off the queue together? Each is worked off once, and what they name of one shop is read together. */
import { newNotes } from '../sources/mapping-notes.ts';
import { idsPerCall } from '../sources/tiktok-shop/rules/apis.ts';
import { type ToFetch, whatToFetch } from '../sources/tiktok-shop/webhook.ts';
import { type Connection, findConnection } from '../store/connections.ts';
import { markSeen, readSeen, seenKey } from '../store/seen-webhooks.ts';
import { type Applied, applyNotification, applyShopOrParcel } from './apply-webhook.ts';
import type { Connectors } from './open-shop.ts';
import { tiktokShop, type Waiting, type WaitingNotification } from './waiting.ts';

/** repeated: worked off within a week, or the same as one before it. failed, no time: has to come again. */
export type Outcome = Applied | 'repeated' | 'failed' | 'no time';

export interface Around {
  millisecondsLeft: () => number;
  /** Hears why a message failed. */
  failed: (error: unknown) => void;
}

/** With less time left (ms) than a call may take, what is not done goes back to the queue. */
const leastLeft = 40_000;

/** A message with its place among those that came. */
interface Placed {
  at: number;
  message: Waiting;
  toFetch?: ToFetch | undefined;
}

const keyOf = ({ vendor, id }: Waiting): string | undefined => (id === undefined ? undefined : seenKey(vendor, id));
const shopOf = ({ notification: { shopId, creatorOpenId } }: WaitingNotification): string => shopId ?? creatorOpenId ?? '';

/**
 * What became of each message, in their order. They are noted as seen once they are done: none is noted and lost, and of two that are
 * worked off at the same moment both are done, which changes nothing twice. Throws what the table throws where nobody can tell what came before.
 */
export async function applyWebhooks(connectors: Connectors, messages: readonly Waiting[], around: Around): Promise<Outcome[]> {
  const { collector, now } = connectors;
  const keys = messages.map(keyOf);
  const known = await readSeen(collector.table, new Set(keys.filter((key) => key !== undefined)), now());
  const outcomes: Outcome[] = messages.map(() => 'repeated');
  const fresh = messages.flatMap((message, at): Placed[] => {
    const key = keys[at];
    if (key !== undefined && known.has(key)) return [];
    if (key !== undefined) known.add(key);
    return [{ at, message, toFetch: toFetchOf(message) }];
  });
  const find = findOnce(connectors);
  const applied = async (group: readonly Placed[]): Promise<boolean> => {
    if (around.millisecondsLeft() < leastLeft) return note(group, 'no time');
    try {
      return note(group, await applyGroup(connectors, group, find));
    } catch (error) {
      if (group.length > 1) return false;
      around.failed(error);
      return note(group, 'failed');
    }
  };
  const note = (group: readonly Placed[], outcome: Outcome): true => {
    for (const { at } of group) outcomes[at] = outcome;
    return true;
  };
  // Where one of those that are read together cannot be read, each is read alone: its neighbours do not fail with it.
  for (const group of groupsOf(fresh)) if (!(await applied(group))) for (const each of group) await applied([each]);
  const done = fresh.filter(({ at }) => outcomes[at] !== 'failed' && outcomes[at] !== 'no time');
  await markSeen(collector.table, new Set(done.flatMap(({ at }) => keys[at] ?? [])), now());
  return outcomes;
}

const toFetchOf = (message: Waiting): ToFetch | undefined =>
  message.vendor === tiktokShop ? whatToFetch({ ...message.notification, dedupeKey: '' }, newNotes()) : undefined;

/** Notifications that name records of one kind in one shop, as many as one call of the vendor takes; every other message alone. */
function groupsOf(placed: readonly Placed[]): Placed[][] {
  const groups: Placed[][] = [];
  const open = new Map<string, { group: Placed[]; ids: Set<string> }>();
  for (const each of placed) {
    const { message, toFetch } = each;
    if (message.vendor !== tiktokShop || !toFetch?.ids.length) {
      groups.push([each]);
      continue;
    }
    const key = `${toFetch.fetch} ${shopOf(message)}`;
    const found = open.get(key);
    const ids = new Set([...(found?.ids ?? []), ...toFetch.ids]);
    if (found && ids.size <= idsPerCall) {
      found.group.push(each);
      found.ids = ids;
      continue;
    }
    const group = [each];
    groups.push(group);
    open.set(key, { group, ids: new Set(toFetch.ids) });
  }
  return groups;
}

type Find = (shopId: string) => Promise<Connection | undefined>;

/** Looks each shop up once for all messages of a run. */
function findOnce({ collector: { table } }: Connectors): Find {
  const found = new Map<string, Promise<Connection | undefined>>();
  return (shopId) => {
    const looking = found.get(shopId) ?? findConnection(table, { vendor: tiktokShop, shopId });
    found.set(shopId, looking);
    return looking;
  };
}

async function applyGroup(connectors: Connectors, group: readonly Placed[], find: Find): Promise<Applied> {
  const [first] = group;
  if (!first) return 'nothing';
  const { message } = first;
  if (message.vendor !== tiktokShop) return applyShopOrParcel(connectors, message);
  const shopId = shopOf(message);
  const connection = shopId ? await find(shopId) : undefined;
  const ids = [...new Set(group.flatMap(({ toFetch }) => toFetch?.ids ?? []))];
  return applyNotification(connectors, connection, message.notification.type, first.toFetch && { ...first.toFetch, ids });
}
