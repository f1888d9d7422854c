/** On which terms is a SKU ordered? Six numbers; what they are for is said beside them. */
import { type FormEvent, useState } from 'react';
import type { InventoryRow } from '../../../shared/api/inventory.ts';
import { Button } from '../../components/button.tsx';
import { fieldLook } from '../../components/choice.tsx';
import { useCreator } from '../../components/creator.tsx';
import { FormErrors } from '../../components/form-errors.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { useChangeTerms } from '../../data/stock-terms.ts';
import { say } from '../../formatting/say.ts';

const fields = ['leadDays', 'leadDeviation', 'safetyDays', 'coverDays', 'minimumOrder', 'packSize'] as const;
type Field = (typeof fields)[number];

export interface TermsFormProps {
  row: InventoryRow;
  title: string;
  onClose: () => void;
}

/** An id that a list may have: the SKU's own signs may not stand in one. */
const idOf = (sku: string): string => (/^[A-Za-z0-9_-]{1,64}$/.test(sku) ? sku : crypto.randomUUID());

export function TermsForm({ row: { sku, terms }, title, onClose }: TermsFormProps) {
  const { creatorId } = useCreator();
  const { isBusy, error, save } = useChangeTerms(creatorId);
  const [typed, setTyped] = useState(() => Object.fromEntries(fields.map((name) => [name, String(terms[name])])));
  const send = (isDefault: boolean): void => {
    const numbers = Object.fromEntries(fields.map((name) => [name, Number(typed[name])])) as Record<Field, number>;
    save(sku, isDefault ? null : { id: idOf(sku), sku, ...numbers }).then(onClose, () => {});
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    send(false);
  };
  return (
    <Sheet title={say('stock.termsOf', { title })} onClose={onClose}>
      <form data-terms-form onSubmit={submit} className="grid grid-cols-1 gap-4">
        <p className="text-sm text-soft">{say(terms.isDefault ? 'stock.termsDefault' : 'stock.termsOwn')}</p>
        <div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
          {fields.map((name) => (
            <label key={name} className="block min-w-0 text-sm font-medium">
              {say(`stock.terms.${name}`)}
              <input
                type="number"
                required
                min={name === 'packSize' || name === 'coverDays' ? 1 : 0}
                step={name === 'leadDeviation' ? 'any' : 1}
                inputMode="decimal"
                value={typed[name]}
                onChange={(event) => setTyped({ ...typed, [name]: event.target.value })}
                className={`${fieldLook} mt-1`}
              />
            </label>
          ))}
        </div>
        <FormErrors reason={error} />
        <div className="flex flex-wrap justify-end gap-2">
          {!terms.isDefault && (
            <Button disabled={isBusy} onClick={() => send(true)}>
              {say('stock.termsReset')}
            </Button>
          )}
          <Button type="submit" look="accent" disabled={isBusy}>
            {say('stock.termsSave')}
          </Button>
        </div>
      </form>
    </Sheet>
  );
}
