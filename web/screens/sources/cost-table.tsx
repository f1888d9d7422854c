/** What do units cost? A table to type costs into, each from a day on. */
import { Trash2 } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { minorDigits, toMinor } from '../../../shared/money.ts';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { fieldLook } from '../../components/choice.tsx';
import { useCreator } from '../../components/creator.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { FormErrors } from '../../components/form-errors.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Notice } from '../../components/notice.tsx';
import { Empty } from '../../components/skeleton.tsx';
import { formatDay } from '../../formatting/dates.ts';
import { formatNumber } from '../../formatting/numbers.ts';
import { say } from '../../formatting/say.ts';
import { mayChange, useSession } from '../../session/session-context.ts';
import { todayIn } from '../../view/use-view.ts';
import { type UnitCost, useSaveCost, useUnitCosts } from './use-own-files.ts';

const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text);

function CostForm({ onSave, isBusy }: { onSave: (cost: UnitCost) => Promise<unknown>; isBusy: boolean }) {
  const { currency, timeZone } = useCreator();
  const [sku, setSku] = useState('');
  const [amount, setAmount] = useState('');
  const [validFrom, setValidFrom] = useState(() => todayIn(timeZone));
  const [wrong, setWrong] = useState<string>();
  /** The amount in minor units, or what is wrong. */
  const read = (): number | string => {
    if (sku.trim() === '') return say('cost.noSku');
    if (amount === '' || !(Number(amount) >= 0)) return say('cost.noAmount');
    if (!isDay(validFrom)) return say('cost.noDay');
    const digits = minorDigits(currency);
    const decimals = amount.split('.')[1]?.replace(/0+$/, '') ?? '';
    // Rounded in silence, it would not be what was typed.
    return decimals.length > digits ? say('cost.tooFine', { digits, currency }) : toMinor(amount, currency);
  };
  const save = (event: FormEvent): void => {
    event.preventDefault();
    const minor = read();
    setWrong(typeof minor === 'string' ? minor : undefined);
    if (typeof minor === 'number')
      onSave({ sku: sku.trim(), validFrom, amount: minor }).then(
        () => setAmount(''),
        () => {},
      );
  };
  const field = 'block min-w-0 text-sm font-medium';
  return (
    <form
      data-cost-form
      noValidate
      onSubmit={save}
      className="grid grid-cols-1 gap-3 sm:grid-cols-[2fr_1fr_1fr_auto] sm:items-end"
    >
      <label className={field}>
        {say('cost.sku')}
        <input value={sku} maxLength={200} onChange={(event) => setSku(event.target.value)} className={`${fieldLook} mt-1`} />
      </label>
      <label className={field}>
        {say('cost.amount', { currency })}
        <input
          type="number"
          min={0}
          step="any"
          inputMode="decimal"
          value={amount}
          onChange={(event) => setAmount(event.target.value)}
          className={`${fieldLook} mt-1`}
        />
      </label>
      <label className={field}>
        {say('cost.validFrom')}
        <input
          type="date"
          value={validFrom}
          onChange={(event) => setValidFrom(event.target.value)}
          className={`${fieldLook} mt-1`}
        />
      </label>
      <Button type="submit" look="accent" disabled={isBusy}>
        {say('cost.save')}
      </Button>
      {wrong && (
        <div className="sm:col-span-4">
          <Notice tone="bad">{wrong}</Notice>
        </div>
      )}
    </form>
  );
}

export function CostTable() {
  const { creatorId, currency } = useCreator();
  const isOurs = mayChange(useSession(), creatorId);
  const list = useUnitCosts(creatorId);
  const save = useSaveCost(creatorId);
  const columns = [
    { title: say('cost.sku'), cell: ({ sku }: UnitCost) => <span className="break-all">{sku}</span> },
    { title: say('cost.validFrom'), cell: ({ validFrom }: UnitCost) => formatDay(validFrom) },
    {
      title: say('cost.amount', { currency }),
      isNumber: true,
      cell: ({ amount }: UnitCost) => formatNumber(amount, { unit: 'money', currency }),
    },
    ...(isOurs
      ? [
          {
            title: <span className="sr-only">{say('cost.remove')}</span>,
            isNumber: true,
            cell: ({ sku, validFrom }: UnitCost) => (
              <Button
                look="quiet"
                aria-label={say('cost.removeOne', { sku, day: formatDay(validFrom) })}
                disabled={save.isPending}
                onClick={() => save.mutate({ sku, validFrom, amount: null })}
              >
                <Trash2 size={15} aria-hidden />
              </Button>
            ),
          },
        ]
      : []),
  ];
  return (
    <Card title={say('cost.title')}>
      <div className="grid grid-cols-1 gap-4">
        <p className="max-w-prose text-sm text-soft">{say('cost.about')}</p>
        {isOurs && <CostForm isBusy={save.isPending} onSave={save.mutateAsync} />}
        <FormErrors reason={save.error} />
        <Loaded query={list} shape="h-40">
          {({ costs, isWhole }) => (
            <>
              {costs.length === 0 ? (
                <Empty title={say('cost.noneTitle')}>{say('cost.none')}</Empty>
              ) : (
                <div className="max-h-96 overflow-y-auto print:max-h-none">
                  <DataTable
                    caption={say('cost.title')}
                    rows={costs}
                    keyOf={({ sku, validFrom }) => `${sku} ${validFrom}`}
                    columns={columns}
                  />
                </div>
              )}
              {!isWhole && <p className="text-xs text-soft">{say('cost.more', { count: costs.length })}</p>}
            </>
          )}
        </Loaded>
      </div>
    </Card>
  );
}
