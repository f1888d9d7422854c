/** What does stock cost, and how hard does it work? The most money first. */
import type { InventoryAnswer, InventoryRow } from '../../../shared/api/inventory.ts';
import { Card } from '../../components/card.tsx';
import { Name } from '../../components/name.tsx';
import { SearchTable } from '../../components/search-table.tsx';
import { none } from '../../formatting/numbers.ts';
import { say } from '../../formatting/say.ts';
import { useWords } from './words.ts';

export interface CostsProps {
  answer: InventoryAnswer;
  nameOf: (row: InventoryRow) => string;
}

export function Costs({ answer: { rows }, nameOf }: CostsProps) {
  const { count, money, share } = useWords();
  return (
    <Card title={say('stock.costs')}>
      <div className="grid grid-cols-1 gap-4">
        <SearchTable<InventoryRow>
          caption={say('stock.costs')}
          rows={rows}
          keyOf={({ sku }) => sku}
          textOf={nameOf}
          sorting={{ column: 2, isDown: true }}
          columns={[
            { title: say('stock.product'), cell: (row) => <Name text={nameOf(row)} />, sortBy: nameOf },
            {
              title: say('stock.onHand'),
              isNumber: true,
              isWide: true,
              cell: ({ onHand }) => count(onHand),
              sortBy: ({ onHand }) => onHand,
            },
            {
              title: say('stock.tiedUp'),
              isNumber: true,
              cell: ({ tiedUp }) => (tiedUp === null ? <span className="text-soft">{say('profit.noCost')}</span> : money(tiedUp)),
              sortBy: ({ tiedUp }) => tiedUp,
            },
            {
              title: say('stock.turnover'),
              isNumber: true,
              isWide: true,
              cell: ({ turnover }) => (turnover === null ? none : say('stock.times', { n: turnover })),
              sortBy: ({ turnover }) => turnover,
            },
            {
              title: say('stock.sellThrough'),
              isNumber: true,
              isWide: true,
              cell: ({ sellThrough }) => share(sellThrough),
              sortBy: ({ sellThrough }) => sellThrough,
            },
            {
              title: say('stock.lost'),
              isNumber: true,
              isWide: true,
              cell: ({ lost }) => (lost ? say('stock.about', { amount: money(lost.money) }) : none),
              sortBy: ({ lost }) => lost?.money ?? null,
            },
            {
              title: say('stock.lastSale'),
              isWide: true,
              isNumber: true,
              cell: ({ daysSinceSale, isDead }) => (
                <span className={isDead ? 'text-bad' : ''}>
                  {daysSinceSale === null ? say('stock.never') : say('stock.daysAgo', { days: daysSinceSale })}
                </span>
              ),
              sortBy: ({ daysSinceSale }) => daysSinceSale,
            },
            {
              title: say('stock.classes'),
              isWide: true,
              cell: ({ abc, xyz }) => `${abc}${xyz ?? ''}`,
              sortBy: ({ abc, xyz }) => `${abc}${xyz ?? ''}`,
            },
          ]}
        />
        <p className="max-w-prose text-sm text-soft">{say('stock.classesAre')}</p>
      </div>
    </Card>
  );
}
