/** What does the log of purchases say of its customers? Fits, expected totals, hold-out and lifetime value, as one value for JSON. */
import { fitPurchases, isRefusal, type PurchaseFit, parameterNames } from '../shared/insight/customers/fit-purchases.ts';
import { expectedSpending, fitSpending, type SpendingFit, spendingNames } from '../shared/insight/customers/fit-spending.ts';
import { holdOutOf } from '../shared/insight/customers/hold-out.ts';
import { lifetimeValues, type ValueHorizon } from '../shared/insight/customers/lifetime-value.ts';
import { expectation, type PurchaseModel, probabilityAlive, purchaseModels } from '../shared/insight/customers/purchase-model.ts';
import { type CustomerSummary, summarize } from '../shared/insight/customers/summary.ts';
import { daysOfUnit, type TimeUnit, unitsOfMonth } from '../shared/insight/customers/time-unit.ts';
import { totalsOf } from '../shared/insight/customers/totals.ts';
import { mergePurchases } from '../shared/insight/customers/transactions.ts';
import { addDays, daysBetween, earlierOf, laterOf } from '../shared/time.ts';
import type { PurchaseLog } from './clv-log.ts';

export interface ClvOptions extends ValueHorizon {
  model: PurchaseModel;
  unit: TimeUnit;
  until: string;
  /** In units; absent: the hold-out, or 12 months where there is none. */
  horizon?: number | undefined;
}

export interface ClvAnswer {
  answer: object;
  /** What a reader should know of how it came about. */
  notes: string[];
  /** For a file: each customer with what is expected. */
  customers: { [column: string]: string | number | null }[];
}

/** By the delta method: standard errors of parameters from those of their logarithms. */
const standardErrors = (parameters: { [name: string]: number }, names: readonly string[], covariance: number[][] | null) =>
  covariance &&
  Object.fromEntries(names.map((name, i) => [name, Math.sqrt(covariance[i]?.[i] ?? 0) * (parameters[name] ?? 0) || null]));

const described = (fit: PurchaseFit) => ({
  model: fit.model,
  parameters: fit.parameters,
  standardErrors: standardErrors({ ...fit.parameters }, parameterNames, fit.covariance),
  logLikelihood: fit.logLikelihood,
  atBound: fit.atBound,
  starts: { tried: fit.starts, agreeing: fit.agreeing },
});

const describedSpending = (fit: SpendingFit) => ({
  parameters: fit.parameters,
  standardErrors: standardErrors({ ...fit.parameters }, spendingNames, fit.covariance),
  logLikelihood: fit.logLikelihood,
  customers: fit.customers,
  observedMean: fit.observedMean,
  correlationOfFrequencyAndValue: fit.correlation,
  atBound: fit.atBound,
  starts: { tried: fit.starts, agreeing: fit.agreeing },
});

/** What a fit says of those who bought once. */
function oneTimeBuyers(fit: PurchaseFit, customers: readonly CustomerSummary[], span: number) {
  const once = customers.filter(({ frequency }) => frequency === 0);
  const expected = expectation(fit.model, fit.parameters);
  const mean = (of: (customer: CustomerSummary) => number): number | null =>
    once.length ? once.reduce((sum, customer) => sum + of(customer), 0) / once.length : null;
  return {
    customers: once.length,
    meanProbabilityAlive: mean((customer) => probabilityAlive(fit.model, fit.parameters, customer)),
    expectedPurchases: once.reduce((sum, customer) => sum + expected(customer, span), 0),
  };
}

function totalOf(fit: PurchaseFit, customers: readonly CustomerSummary[], span: number): number {
  const expected = expectation(fit.model, fit.parameters);
  return customers.reduce((sum, customer) => sum + expected(customer, span), 0);
}

export function answerOf({ purchases, hasValues, currency }: PurchaseLog, options: ClvOptions): ClvAnswer {
  const { model, unit, until, months, monthlyDiscount } = options;
  const { transactions, ...counts } = mergePurchases(purchases);
  // A refund that came later was not known then.
  const known = mergePurchases(purchases.filter(({ day }) => day <= until));
  const customers = summarize(known.transactions, until, unit);
  const last = purchases.reduce((latest, { day }) => laterOf(latest, day), '');
  const notes: string[] = [];
  const note = (text: string): void => void notes.push(text);
  if (counts.sameDay)
    note(
      `${counts.sameDay} purchases were on a day on which the customer had bought already: one transaction a day, values summed.`,
    );
  if (counts.repeated)
    note(
      `${counts.repeated} rows repeat customer, date and value of another row; they were summed. If they are copies, remove them first.`,
    );
  if (counts.refunds)
    note(
      `${counts.refunds} rows with a negative value are refunds: taken off the customer's latest purchases up to that day, no purchase undone${counts.refundedBeyond > 0 ? `; ${counts.refundedBeyond.toFixed(2)} of it found no purchase to be taken off` : ''}.`,
    );
  const later = transactions.size - customers.length;
  if (later) note(`${later} customers first bought after ${until}: not in the fit, nor in any forecast.`);
  const span = options.horizon ?? (last > until ? daysBetween(until, last) / daysOfUnit(unit) : 12 * unitsOfMonth(unit));
  const head = {
    unit,
    until,
    ...(currency ? { currency } : {}),
    customers: customers.length,
    repeatCustomers: customers.filter(({ frequency }) => frequency > 0).length,
    repeatTransactions: customers.reduce((sum, { frequency }) => sum + frequency, 0),
    log: counts,
  };
  const fit = fitPurchases(model, customers, unit);
  if (isRefusal(fit)) return { answer: { ...head, model, refused: fit.refused }, notes, customers: [] };
  if (fit.atBound.length)
    note(
      `${fit.atBound.join(', ')} ran to the end of what is searched: customers differ less, or drop out more seldom, than the log can tell. Forecasts hold; these parameters mean nothing by themselves.`,
    );
  if (fit.covariance === null)
    note('The likelihood has no curvature at its maximum: there are no standard errors and no intervals.');
  const spending = hasValues ? fitSpending(customers) : { refused: 'The file has no column value.' };
  if (isRefusal(spending)) note(`No Gamma-Gamma and no lifetime value: ${spending.refused}`);
  else if (spending.withoutValue)
    note(`${spending.withoutValue} repeat customers whose repeats brought nothing are not in Gamma-Gamma.`);
  const spent = (customer: CustomerSummary): number | null =>
    isRefusal(spending) ? null : expectedSpending(spending.parameters, customer);
  const totals = totalsOf(fit, spending, customers, span, spent);
  const values = isRefusal(spending) ? undefined : lifetimeValues(fit, spending, customers, { months, monthlyDiscount });
  const expected = expectation(model, fit.parameters);
  if (values === null)
    note('Values differ so wildly (Gamma-Gamma has q ≤ 1) that no mean of a purchase exists: no lifetime value.');
  const holdOutEnd = earlierOf(last, addDays(until, Math.round(span * daysOfUnit(unit))));
  const others = purchaseModels.filter((name) => name !== model).map((name) => fitPurchases(name, customers, unit));
  const newcomer = { frequency: 0, recency: 0, age: 0 };
  return {
    answer: {
      ...head,
      ...described(fit),
      expected: {
        horizon: span,
        to: addDays(until, Math.round(span * daysOfUnit(unit))),
        purchases: totals.purchases,
        value: totals.value,
        ofOneNewCustomer: expected(newcomer, span),
        oneTimeBuyers: oneTimeBuyers(fit, customers, span),
      },
      holdOut: last > until ? holdOutOf(fit, customers, transactions, until, holdOutEnd) : null,
      gammaGamma: isRefusal(spending) ? spending : describedSpending(spending),
      lifetimeValue: values
        ? {
            months,
            unitsAMonth: unitsOfMonth(unit),
            monthlyDiscount,
            total: values.total,
            meanOfACustomer: values.total.value / customers.length,
          }
        : null,
      otherModel: others.map((other) =>
        isRefusal(other)
          ? other
          : {
              ...described(other),
              expectedPurchases: totalOf(other, customers, span),
              oneTimeBuyers: oneTimeBuyers(other, customers, span),
            },
      )[0],
    },
    notes,
    customers: customers.map((customer, i) => ({
      ...customer,
      probabilityAlive: probabilityAlive(model, fit.parameters, customer),
      expectedPurchases: expected(customer, span),
      expectedSpending: spent(customer),
      lifetimeValue: values?.customers[i]?.lifetimeValue.value ?? null,
      lower95: values?.customers[i]?.lifetimeValue.interval?.lower ?? null,
      upper95: values?.customers[i]?.lifetimeValue.interval?.upper ?? null,
    })),
  };
}
