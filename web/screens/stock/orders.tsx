/** Which SKU must be ordered when, and how much of it? The most urgent first; its terms are changed in the row. */
import { useMemo, useState } from 'react';
import type { InventoryAnswer, InventoryRow } from '../../../shared/api/inventory.ts';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { useCreator } from '../../components/creator.tsx';
import { Name } from '../../components/name.tsx';
import { SearchTable } from '../../components/search-table.tsx';
import { formatWeekday } from '../../formatting/dates.ts';
import { none } from '../../formatting/numbers.ts';
import { say } from '../../formatting/say.ts';
import { mayChange, useSession } from '../../session/session-context.ts';
import { TermsForm } from './terms-form.tsx';
import { useWords } from './words.ts';

/** Days that fill the bar. */
const wholeBar = 60;

/** The bar says less than the number beside it: a reader aloud does without. */
function DaysLeft({ row: { daysOfInventory, runsOut, available } }: { row: InventoryRow }) {
  const { count } = useWords();
  if (available <= 0) return <span className="text-bad">{say('stock.isOut')}</span>;
  if (daysOfInventory === null) return <>{none}</>;
  return (
    <span className="inline-flex items-center justify-end gap-2">
      <span aria-hidden className="h-1.5 w-16 overflow-hidden rounded-full bg-line max-sm:hidden print:hidden">
        <span
          className={`block h-full rounded-full ${runsOut === null ? 'bg-good' : 'bg-chart'}`}
          style={{ inlineSize: `${Math.min(100, (100 * daysOfInventory) / wholeBar)}%` }}
        />
      </span>
      {count(Math.round(daysOfInventory))}
    </span>
  );
}

function OrderBy({ row: { orderBy, isLate, suggested, incoming, noForecast } }: { row: InventoryRow }) {
  if (noForecast) return <span className="text-soft">{say(`stock.noForecast.${noForecast}`)}</span>;
  if (isLate && suggested === 0 && incoming > 0)
    return <span className="inline-block max-w-28 whitespace-normal text-bad">{say('stock.deliveryLate')}</span>;
  if (orderBy === null || suggested === 0) return <span className="text-soft">{say('stock.notYet')}</span>;
  return isLate ? <span className="font-medium text-bad">{say('stock.today')}</span> : formatWeekday(orderBy);
}

export interface OrdersProps {
  answer: InventoryAnswer;
  nameOf: (row: InventoryRow) => string;
}

export function Orders({ answer: { rows, defaults, serviceLevel }, nameOf }: OrdersProps) {
  const { creatorId } = useCreator();
  const isOwn = mayChange(useSession(), creatorId);
  const { count, decimal, share } = useWords();
  const [open, setOpen] = useState<InventoryRow>();
  const place = useMemo(() => new Map(rows.map(({ sku }, i) => [sku, i])), [rows]);
  const day = (at: string | null) => (at === null ? none : formatWeekday(at));
  return (
    <Card title={say('stock.orders')}>
      <div className="grid grid-cols-1 gap-4">
        <SearchTable<InventoryRow>
          caption={say('stock.orders')}
          rows={rows}
          keyOf={({ sku }) => sku}
          textOf={nameOf}
          sorting={{ column: 6, isDown: false }}
          columns={[
            { title: say('stock.product'), cell: (row) => <Name text={nameOf(row)} />, sortBy: nameOf },
            {
              title: say('stock.available'),
              isNumber: true,
              isWide: true,
              cell: ({ available }) => <span className={available < 0 ? 'text-bad' : ''}>{count(available)}</span>,
              sortBy: ({ available }) => available,
            },
            {
              title: say('stock.incoming'),
              isNumber: true,
              isWide: true,
              cell: ({ incoming, nextDelivery }) =>
                incoming === 0
                  ? none
                  : nextDelivery
                    ? say('stock.incomingOn', { n: count(incoming), day: day(nextDelivery) })
                    : count(incoming),
              sortBy: ({ incoming }) => incoming,
            },
            {
              title: say('stock.soldADay'),
              isNumber: true,
              isWide: true,
              cell: ({ soldADay }) => decimal(soldADay),
              sortBy: ({ soldADay }) => soldADay,
            },
            {
              title: say('stock.daysLeft'),
              isNumber: true,
              isWide: true,
              cell: (row) => <DaysLeft row={row} />,
              sortBy: ({ daysOfInventory }) => daysOfInventory,
            },
            {
              title: say('stock.runsOut'),
              isNumber: true,
              isWide: true,
              cell: ({ runsOut, available }) => (available <= 0 ? none : day(runsOut)),
              sortBy: ({ runsOut }) => runsOut,
            },
            {
              title: say('stock.orderBy'),
              isNumber: true,
              cell: (row) => <OrderBy row={row} />,
              sortBy: ({ sku }) => place.get(sku),
            },
            {
              title: say('stock.order'),
              isNumber: true,
              cell: ({ suggested, isRaised }) =>
                suggested ? (isRaised ? say('stock.raised', { n: count(suggested) }) : count(suggested)) : none,
              sortBy: ({ suggested }) => suggested,
            },
            {
              title: say('stock.terms'),
              isNumber: true,
              isWide: true,
              cell: (row) => {
                const words = say('stock.termsShort', { days: row.terms.leadDays });
                return isOwn ? (
                  <Button
                    look="quiet"
                    className="underline decoration-dotted underline-offset-4"
                    aria-label={say('stock.change', { title: nameOf(row), days: row.terms.leadDays })}
                    onClick={() => setOpen(row)}
                  >
                    {words}
                  </Button>
                ) : (
                  words
                );
              },
              sortBy: ({ terms }) => terms.leadDays,
            },
          ]}
        />
        <p className="max-w-prose text-sm text-soft">
          {say('stock.how', {
            level: share(serviceLevel),
            lead: defaults.leadDays,
            deviation: defaults.leadDeviation,
            cover: defaults.coverDays,
          })}
        </p>
        {open && <TermsForm row={open} title={nameOf(open)} onClose={() => setOpen(undefined)} />}
      </div>
    </Card>
  );
}
