/** What does an event cost in write units, and what does its index add? As DynamoDB's ConsumedCapacity counts them. */

import { factsOf } from '../../shared/events/facts.ts';
import type { CloudEvent } from '../../shared/events/parse.ts';
import { daysOfFacts, mergeDays, noDays } from '../../shared/fold/days.ts';
import type { Incoming } from '../../shared/fold/fold.ts';
import { applyBatch } from '../../shared/store/apply.ts';
import { markAccepted } from '../../shared/store/progress.ts';
import { markShard } from '../../shared/store/settled.ts';
import type { Item, Table } from '../../shared/store/table.ts';
import { startKpiTable } from '../make/kpi-table.ts';
import { demoEvents } from './demo-events.ts';
import { incomingOf, oneLineOrder } from './records.ts';

export interface Price {
  /** Write units of the table per event. */
  perEvent: number;
  /** Write units that the sparse index adds per event: of open orders, and of creators that wait. */
  indexPerEvent: number;
}

interface Capacity {
  CapacityUnits?: number;
}

/**
 * Write units of the sparse index for one put: one to add or remove its row, two to move it, none where its keys stay. DynamoDB's rule
 * for indexes of keys only; the embedded server does not count it.
 */
function indexWrites(before: Item | undefined, after: Item): number {
  const [was, is] = [before?.due?.S, after.due?.S];
  if (was === is) return 0;
  return (was ? 1 : 0) + (is ? 1 : 0);
}

/** What an update of marks leaves in the index: its `due` where it sets one, none where it removes it. */
function afterUpdate(before: Item | undefined, input: { UpdateExpression?: string; ExpressionAttributeValues?: Item }): Item {
  const due = input.ExpressionAttributeValues?.[':due'];
  if (due) return { due };
  const isRemoved = /REMOVE .*#due/.test(input.UpdateExpression ?? '');
  return before?.due && !isRemoved ? { due: before.due } : {};
}

/** The same table, with the write units of every call added up. */
export function metered(table: Table): { table: Table; units: () => number; indexUnits: () => number } {
  let units = 0;
  let indexUnits = 0;
  const isWrite = /^(Put|Update|Delete|BatchWrite)ItemCommand$/;
  const send = async (command: { input: object; constructor: { name: string } }) => {
    const isCounted = isWrite.test(command.constructor.name);
    const item = (command.input as { Item?: Item }).Item;
    const isUpdate = command.constructor.name === 'UpdateItemCommand';
    if (isCounted)
      Object.assign(command.input, {
        ReturnConsumedCapacity: 'TOTAL',
        ...(item || isUpdate ? { ReturnValues: 'ALL_OLD' } : {}),
      });
    const answer = (await table.send(command as never)) as { ConsumedCapacity?: Capacity | Capacity[]; Attributes?: Item };
    if (item) indexUnits += indexWrites(answer.Attributes, item);
    if (isUpdate) indexUnits += indexWrites(answer.Attributes, afterUpdate(answer.Attributes, command.input));
    if (isCounted) for (const each of [answer.ConsumedCapacity ?? {}].flat()) units += each.CapacityUnits ?? 0;
    return answer;
  };
  return { table: { name: table.name, send: send as Table['send'] }, units: () => units, indexUnits: () => indexUnits };
}

/** What collect marks of a batch before it answers, of one creator and one shard. */
async function markBatch(table: Table, some: Incoming[]): Promise<void> {
  const { seq = '', record } = some.at(-1) ?? {};
  const at = record?.stamp.receivedAt ?? '';
  const days = mergeDays(...some.map(({ record: { event, stamp }, entity }) => daysOfFacts(factsOf(entity, event, stamp))));
  await markAccepted(table, 'C#c-1#1', seq, at, { days, stored: async () => noDays });
  await markShard(table, { epoch: 1, shardId: 'shardId-000000000000' }, seq, at);
}

/** Write units of a creator's events in batches, the marks of collect and aggregate included; archive's are a few a minute and shard. */
export async function cost(table: Table, events: CloudEvent[], batch: number): Promise<Price> {
  const meter = metered(table);
  const records = incomingOf(events);
  for (let i = 0; i < records.length; i += batch) {
    const some = records.slice(i, i + batch);
    await markBatch(meter.table, some);
    const applied = await applyBatch(meter.table, some);
    if (applied.retryFrom !== undefined || applied.refused.length) throw new Error(`not applied: ${JSON.stringify(applied)}`);
  }
  return { perEvent: meter.units() / records.length, indexPerEvent: meter.indexUnits() / records.length };
}

const range = (n: number) => Array.from({ length: n }, (_, i) => i);

/** Write units per event: 500 one-line orders of one creator, then 500 updates of them, in batches of 500, 100 and 10. */
export async function writeUnits(): Promise<Record<string, Price>> {
  const figures: Record<string, Price> = {};
  for (const batch of [500, 100, 10]) {
    const { table, stop } = await startKpiTable();
    figures[`first snapshots, batches of ${batch}`] = await cost(
      table,
      range(500).map((n) => oneLineOrder(n, 1)),
      batch,
    );
    figures[`updates (discount and tax corrected), batches of ${batch}`] = await cost(
      table,
      range(500).map((n) => {
        const event = oneLineOrder(n, 2);
        const [line] = event.data.lines as [Record<string, number>];
        return { ...event, data: { ...event.data, lines: [{ ...line, sellerDiscount: 150, tax: 305 }] } };
      }),
      batch,
    );
    figures[`updates (cancelled), batches of ${batch}`] = await cost(
      table,
      range(500).map((n) =>
        oneLineOrder(n, 3, { status: 'cancelled', cancelledAt: '2026-03-02T12:00:00Z', cancellationFault: 'buyer' }),
      ),
      batch,
    );
    await stop();
  }
  return figures;
}

/** Write units per event of the demo shop's newest 2,000 events (every entity), as they would arrive. */
export async function mixedDay(): Promise<Record<string, Price>> {
  const figures: Record<string, Price> = {};
  const events = demoEvents(2000).slice(1);
  for (const batch of [500, 100, 10]) {
    const { table, stop } = await startKpiTable();
    figures[`batches of ${batch}`] = await cost(table, events, batch);
    await stop();
  }
  return figures;
}
