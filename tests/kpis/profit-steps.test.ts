/** Do the steps of profit lead to numbers that there are, and is each in the waterfall once? */
import { expect, it } from 'vitest';
import { dictionary } from '../../shared/kpis/dictionary.ts';
import {
  firstStep,
  lastStepOfSales,
  netSalesOf,
  nothing,
  numberOfStep,
  orderSteps,
  profitOf,
  steps,
} from '../../shared/kpis/profit-steps.ts';

it('each step leads to a number of the dictionary, where it leads to one', () => {
  for (const number of Object.values(numberOfStep)) expect([...dictionary.entries.keys()]).toContain(number);
});

it('net sales are the steps up to the last of sales, the profit all of them, each once', () => {
  expect(new Set(steps).size).toBe(steps.length);
  const amounts = { ...nothing(), ...Object.fromEntries(steps.map((step, i) => [step, 10 ** (i % 8)])) };
  const ofSales = orderSteps.slice(orderSteps.indexOf(firstStep), orderSteps.indexOf(lastStepOfSales) + 1);
  expect(netSalesOf(amounts)).toBe(ofSales.reduce((sum, step) => sum + amounts[step], 0));
  expect(profitOf(amounts)).toBe(steps.reduce((sum, step) => sum + amounts[step], 0));
});
