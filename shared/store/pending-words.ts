/**
 * What do pending items repeat? Deflated text refers to these words instead of holding them, so that an item takes twice as many batches.
 * What was deflated with them can be inflated with nothing else: they stay as they are; other words need another attribute.
 */

type Item = (string | number)[];

/** Items of a day, a month and an hour that move by the same fields; of days and hours with those that say what came late. */
const moved = (topic: string, slices: string[], fields: string): Item[] =>
  slices.flatMap((slice) => {
    const value = slice === 'total' ? '' : '#video';
    const plain = fields.split(' ').flatMap((field): Item => [field, 1]);
    const late = fields.split(' ').flatMap((field): Item => [field, 1, `${field}~`, 1]);
    return [
      ...(slice === 'total' ? [[`H#${topic}#total#2026-11-27T08-05:00`, ...late]] : []),
      [`D#${topic}#${slice}#2026-11-27${value}`, ...late],
      [`M#${topic}#${slice}#2026-11${value}`, ...plain],
    ];
  });

const batchOf = (items: Item[]): string => {
  const seq = `0001:056:${'0'.repeat(56)}`;
  return JSON.stringify([seq, '2026-11-27T08:00:00.000Z', 'g1c.g1j', 0, [[seq, 'order/57646', items]], []]);
};

const lines = 'grossSales sellerDiscounts platformDiscounts tax units';

/** What is near the end is referred to in fewer bits: the usual stands last. */
export const pendingWords: Uint8Array = Buffer.from(
  [
    batchOf([
      ...moved('refunds', ['total', 'product', 'category', 'channel'], 'refunds refundedAmount shippingRefunded taxRefunded'),
      ...moved('satisfaction', ['total', 'channel', 'product'], 'deliveredOrders reviews satisfiedReviews negativeReviews'),
    ]),
    batchOf([
      ...moved(
        'shipping',
        ['total', 'channel', 'carrier', 'region'],
        'onTimeDeliveries delivered lateDispatches dispatched labelCost',
      ),
      ...moved('shipping', ['dist.timeToDeliver', 'dist.timeToShip', 'dist.timeToDispatch'], 'timeToDispatch:493'),
    ]),
    batchOf([
      ...moved('sales', ['total', 'channel'], `gmv shippingCharged orders skuOrders ${lines}`),
      ...moved('sales', ['product', 'category'], lines),
      ...moved('shipping', ['total', 'channel'], 'dueOrders'),
    ]),
  ].join('\n'),
);
