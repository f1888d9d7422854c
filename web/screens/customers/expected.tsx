/** What is expected of the buyers known so far, or why is nothing expected? */
import type { CustomersAnswer } from '../../../shared/api/customers.ts';
import { Card } from '../../components/card.tsx';
import { Figures } from '../../components/figures.tsx';
import { say } from '../../formatting/say.ts';
import { useWords } from './words.ts';

const modelNames: { [model: string]: string } = { 'mbg-nbd': 'MBG/NBD', 'bg-nbd': 'BG/NBD' };

export function ExpectedValue({ answer: { predicted, notPredicted } }: { answer: CustomersAnswer }) {
  const { count, money } = useWords();
  const between = ({ lower, upper }: { lower: number; upper: number }, of: (n: number) => string): string =>
    say('customers.between', { lower: of(lower), upper: of(upper) });
  return (
    <Card title={say('customers.expected')}>
      {predicted ? (
        <div className="grid grid-cols-1 gap-3">
          <Figures
            figures={[
              {
                title: say('customers.expectedEach'),
                value: money(predicted.valuePerBuyer.expected),
                note: between(predicted.valuePerBuyer, money),
              },
              {
                title: say('customers.expectedAll'),
                value: money(predicted.value.expected),
                note: between(predicted.value, money),
              },
              {
                title: say('customers.expectedOrders'),
                value: count(predicted.purchases.expected),
                note: between(predicted.purchases, count),
              },
              {
                title: say('customers.still'),
                value: count(predicted.stillBuyers),
                note: say('customers.ofBuyers', { n: predicted.buyers }),
              },
            ]}
          />
          <p className="text-sm text-soft">
            {say('customers.expectedHow', {
              model: modelNames[predicted.model] ?? predicted.model,
              repeaters: predicted.repeaters,
            })}
          </p>
        </div>
      ) : (
        <p className="text-soft">{notPredicted && say(`customers.refused.${notPredicted}`)}</p>
      )}
    </Card>
  );
}
