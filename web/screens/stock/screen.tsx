/** What runs out first, when must how much be ordered, and what does stock cost? */
import type { InventoryAnswer, InventoryRow } from '../../../shared/api/inventory.ts';
import { Card } from '../../components/card.tsx';
import { Computed } from '../../components/computed.tsx';
import { Figures } from '../../components/figures.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { Empty } from '../../components/skeleton.tsx';
import { useComputed } from '../../data/use-computed.ts';
import { formatWeekday } from '../../formatting/dates.ts';
import { none } from '../../formatting/numbers.ts';
import { say } from '../../formatting/say.ts';
import { Costs } from './costs.tsx';
import { Orders } from './orders.tsx';
import { useNames, useWords } from './words.ts';

/** What runs out first, what comes of it, and what must be ordered next. */
function sentenceOf({ rows }: InventoryAnswer, nameOf: (row: InventoryRow) => string, count: (n: number) => string): string {
  const dayOf = ({ runsOut }: InventoryRow): string => runsOut ?? '9999-12-31';
  const first = rows.reduce<InventoryRow | undefined>(
    (least, row) => (row.runsOut && (!least || dayOf(row) < dayOf(least)) ? row : least),
    undefined,
  );
  const order = rows.find(({ orderBy, suggested }) => orderBy !== null && suggested);
  const words: string[] = [];
  if (first?.runsOut) {
    const about = { title: nameOf(first), day: formatWeekday(first.runsOut) };
    words.push(first.available <= 0 ? say('stock.sentenceOut', about) : say('stock.sentence', about));
    if (first.nextDelivery)
      words.push(say('stock.arrives', { n: count(first.incoming), day: formatWeekday(first.nextDelivery) }));
  }
  if (order?.orderBy && order.suggested) {
    const about = { title: nameOf(order), n: count(order.suggested), day: formatWeekday(order.orderBy) };
    words.push(order.isLate ? say('stock.orderToday', about) : say('stock.orderUntil', about));
  } else words.push(say('stock.calm'));
  return words.join(' ');
}

function Numbers({ answer }: { answer: InventoryAnswer }) {
  const { count, money, share } = useWords();
  const nameOf = useNames(answer.rows);
  const { reasons, runOutSoon, tiedUp, turnover, dead, lost, untold, unlisted } = answer;
  if (reasons.includes('not_computed')) return <Empty title={say('stock.notComputed')} />;
  if (reasons.includes('no_stock')) return <Empty title={say('stock.none')}>{say('stock.noneHow')}</Empty>;
  const notes = [
    ...(reasons.includes('no_costs') ? [say('stock.noCosts')] : []),
    ...(lost.money > 0
      ? [say('stock.lostAbout', { amount: money(lost.money), lower: money(lost.lower), upper: money(lost.upper) })]
      : []),
    ...(untold > 0 ? [say('stock.untold', { n: untold })] : []),
    ...(unlisted > 0 ? [say('stock.unlisted', { n: unlisted })] : []),
  ];
  const hasCosts = !reasons.includes('no_costs');
  return (
    <>
      <p data-sentence className="max-w-prose text-lg font-medium">
        {sentenceOf(answer, nameOf, count)}
      </p>
      <Card>
        <div className="grid grid-cols-1 gap-4">
          <Figures
            figures={[
              {
                title: say('stock.soon'),
                value: count(runOutSoon.skus),
                note: say('stock.outNow', { n: runOutSoon.outNow }),
                isBad: runOutSoon.skus > 0,
              },
              {
                title: say('stock.tiedUp'),
                value: hasCosts ? money(tiedUp.money) : none,
                note: say('stock.coverage', { share: share(tiedUp.costCoverage) }),
              },
              {
                title: say('stock.turnover'),
                value: turnover === null ? none : say('stock.times', { n: turnover }),
                note: say('stock.turnoverIs'),
              },
              {
                title: say('stock.dead'),
                value: hasCosts ? money(dead.money) : none,
                note: say('stock.deadSkus', { n: dead.skus }),
                isBad: dead.skus > 0,
              },
            ]}
          />
          {notes.length > 0 && (
            <ul className="grid grid-cols-1 gap-1 text-sm text-soft">
              {notes.map((note) => (
                <li key={note}>{note}</li>
              ))}
            </ul>
          )}
          <Computed {...answer} />
        </div>
      </Card>
      <Orders answer={answer} nameOf={nameOf} />
      <Costs answer={answer} nameOf={nameOf} />
    </>
  );
}

export function Screen() {
  const inventory = useComputed<InventoryAnswer>('/inventory', { top: 300 });
  return (
    <>
      <PageTitle title={say('screen.stock')} />
      <Loaded query={inventory} shape="h-85">
        {(answer) => <Numbers answer={answer} />}
      </Loaded>
    </>
  );
}
