/** Does the importer never guess what an amount is? */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalText, evidenceOf, type Marks, markIn, noteMark } from '../../shared/sources/csv/number.ts';
import { found } from '../samples/events-of.ts';
import { creatorRow, header, importOf, kpi, orderRow, orders, total } from './csv-files.ts';

describe('an amount', () => {
  it.each(['150.000', '150,000', '1.234', 'Rp150.000', '12,345'])('%s can be read two ways: it is asked which', async (text) => {
    expect(markIn(text)).toBe(undefined);
    const { events, wrong } = await importOf({
      'creators.csv': creatorRow('IDR'),
      'orders.csv': `${header}\n${orderRow('o-1', `"${text}"`)}\n`,
    });
    expect(events).toHaveLength(1);
    expect(wrong[0]).toMatch(/can mean .*--decimal-mark point or comma/);
  });

  it.each([
    ['150.000', ',', 15_000_000],
    ['150.000', '.', 15_000],
    ['1.234.567', undefined, 123_456_700],
    ['1.234,56', undefined, 123_456],
    ['1,234.56', undefined, 123_456],
    ['1 234,56', undefined, 123_456],
    ['1\u00a0234\u202f567', undefined, 123_456_700],
    ["1'234.50", undefined, 123_450],
    ['Rp1.250.000', undefined, 125_000_000],
    ['19,99', undefined, 1999],
    ['0.500', undefined, 50],
    ['12', undefined, 1200],
  ] as const)('%s (decimals begin at %s) is %s', async (text, decimalMark, minor) => {
    const { events, wrong } = await importOf(
      { 'creators.csv': creatorRow('IDR'), 'orders.csv': `${header}\n${orderRow('o-1', `"${text}"`)}\n` },
      { decimalMark },
    );
    expect(wrong).toEqual([]);
    expect((found(events, 'order/o-1').data.lines as { unitPrice: number }[])[0]?.unitPrice).toBe(minor);
  });

  it('is read as the file shows elsewhere, and refused where the file shows both', async () => {
    const { events } = await importOf(orders(orderRow('o-1', '"1.234,50"'), orderRow('o-2', '"150.000"')));
    expect(total(kpi(events, 'grossSales'))).toBe(123_450 + 15_000_000);
    const mixed = await importOf(orders(orderRow('o-1', '"19,99"'), orderRow('o-2', '"19.99"')));
    expect(mixed.wrong[0]).toMatch(/19,99 and 19\.99 \(orders\.csv line 3\) write decimals differently/);
    expect(mixed.wrong[1]).toMatch(/19\.99 and 19,99 \(orders\.csv line 2\) write decimals differently/);
  });

  it('of the mark that few cells show is named, and the others are read', async () => {
    const rows = ['"19,99"', '10.50', '7.25', '3.10'].map((price, i) => orderRow(`o-${i}`, price));
    const { events, wrong } = await importOf(orders(...rows));
    expect(events.map(({ subject }) => subject)).toEqual(['creator/f', 'order/o-1', 'order/o-2', 'order/o-3']);
    expect(wrong).toEqual([
      expect.stringContaining('line 2, column unit_price: 19,99 and 10.50 (orders.csv line 3) write decimals'),
    ]);
  });

  it('that can be read two ways is asked in a file that writes decimals both ways', async () => {
    const rows = ['"19,99"', '10.50', '7.25', '"1,234"', '1.234'].map((price, i) => orderRow(`o-${i}`, price));
    const { events, wrong } = await importOf(orders(...rows));
    expect(events.map(({ subject }) => subject)).toEqual(['creator/f', 'order/o-1', 'order/o-2']);
    expect(wrong.slice(1)).toEqual([
      expect.stringContaining('1,234 can mean 1234 or 1.234, and the file writes decimals both ways'),
      expect.stringContaining('1.234 can mean'),
    ]);
  });

  it.each([
    ['IDR', '150.000', '"Rp 2,500,000"'],
    ['IDR', '150.000', '75.50'],
    ['VND', '250.000', '"1,000,000"'],
    ['EUR', '1.500', '5.00'],
    ['USD', '12.500', '"1,234,567"'],
    ['JPY', '2.000', '1500.00'],
    ['EUR', '"1,500"', '"5,00"'],
  ])('in %s, %s looks like thousands, and no %s beside it says otherwise', async (currency, cell, beside) => {
    const files = {
      'creators.csv': creatorRow(currency),
      'orders.csv': [header, orderRow('o-1', cell), orderRow('o-2', beside)].join('\n'),
    };
    const { events, wrong } = await importOf(files);
    expect(events.map(({ subject }) => subject)).toEqual(['creator/f', 'order/o-2']);
    expect(wrong).toEqual([expect.stringMatching(/three digits behind its mark, .*--decimal-mark point or comma/)]);
    expect((await importOf(files, { decimalMark: cell.includes(',') ? ',' : '.' })).wrong).toEqual([]);
  });

  it('of a currency of three decimals, three digits are decimals where other cells say so', async () => {
    const rows = [orderRow('o-1', '1.500'), orderRow('o-2', '10.25')];
    const { events } = await importOf({ 'creators.csv': creatorRow('KWD'), 'orders.csv': [header, ...rows].join('\n') });
    expect(total(kpi(events, 'grossSales', 'total', 'KWD'))).toBe(1500 + 10_250);
  });

  it.each(['12..50', '2026.10.06', '1.2.3', '1,23,456'])('%s is none, and says nothing of the others', async (typo) => {
    const { events, wrong } = await importOf(
      orders(orderRow('o-1', `"${typo}"`), orderRow('o-2', '1.5'), orderRow('o-3', '10.50')),
    );
    expect(events.map(({ subject }) => subject)).toEqual(['creator/f', 'order/o-2', 'order/o-3']);
    expect(total(kpi(events, 'grossSales'))).toBe(150 + 1050);
    expect(wrong[0]).toContain(`${typo} is not an amount`);
  });

  it.each([
    ['€10.00', 'USD'],
    ['£10.00', 'EUR'],
    ['Rp 150000', 'USD'],
    ['RM10.00', 'USD'],
    ['R$10.00', 'USD'],
    ['S$10.00', 'USD'],
    ['฿10.00', 'VND'],
    ['$10.00', 'EUR'],
  ])('%s is refused in a row of %s', async (text, currency) => {
    const files = { 'creators.csv': creatorRow(currency), 'orders.csv': `${header}\n${orderRow('o-1', `"${text}"`)}\n` };
    expect((await importOf(files)).wrong[0]).toContain('fill the column currency');
  });

  it.each([
    ['€10.00', 'EUR'],
    ['$10.00', 'SGD'],
    ['S$10.00', 'SGD'],
    ['฿10.00', 'THB'],
    ['10.00 €', 'EUR'],
    ['₱10.00', 'PHP'],
  ])('%s is read in a row of %s', async (text, currency) => {
    const files = { 'creators.csv': creatorRow(currency), 'orders.csv': `${header}\n${orderRow('o-1', `"${text}"`)}\n` };
    const { events } = await importOf(files);
    expect((found(events, 'order/o-1').data.lines as { unitPrice: number }[])[0]?.unitPrice).toBe(1000);
  });

  const rateHeader = `${header},currency,exchange_rate`;
  const rated = (id: string, rate: string) => `${orderRow(id, '10.00')},USD,"${rate}"`;
  const ratesOf = async (...rates: string[]) => {
    const rows = rates.map((rate, i) => rated(`o-${i}`, rate));
    const { events, wrong } = await importOf({
      'creators.csv': creatorRow('IDR'),
      'orders.csv': [rateHeader, ...rows].join('\n'),
    });
    return { rates: events.slice(1).map(({ data }) => data.exchangeRate), wrong };
  };

  it('of a rate is read by the same rule: a factor of a thousand is asked', async () => {
    expect((await ratesOf('15.500')).wrong[0]).toContain('column exchange_rate: 15.500 can mean 15500 or 15.500');
    expect((await ratesOf('15,500')).wrong[0]).toContain('can mean');
    expect((await ratesOf('15.500,25', '15.500')).rates).toEqual(['15500.25', '15500']);
    expect((await ratesOf('1.0837', '0.123', '15500')).rates).toEqual(['1.0837', '0.123', '15500']);
    expect((await ratesOf('1.55E+4')).wrong[0]).toContain('is not a rate');
  });

  it('is in the currency that the first row of its order names', async () => {
    const columns = 'creator_id,order_id,placed_at,paid_at,product_id,quantity,unit_price,currency,exchange_rate';
    const row = (price: string, rest: string) => `f,o-1,2026-10-06T07:00:00Z,2026-10-06T07:00:00Z,p-1,1,${price},${rest}`;
    const files = {
      'creators.csv': creatorRow(),
      'orders.csv': [columns, row('1500', 'JPY,0.0067'), row('2500', ',')].join('\n'),
    };
    const { events, wrong } = await importOf(files);
    expect(wrong).toEqual([]);
    expect(total(kpi(events, 'grossSales'))).toBe(2680);
  });

  it.each(['1.5E3', '(12.00)', '12-', '-5', '12,34,56.7.8', '.', ',5', 'EUR 5.00', '1.23.456'])('%s is refused', async (text) => {
    expect((await importOf(orders(orderRow('o-1', `"${text}"`)))).events).toHaveLength(1);
  });

  it('is never read with a factor of a thousand by silence', () => {
    const written = fc.tuple(
      fc.integer({ min: 0, max: 9_999_999 }),
      fc.integer({ min: 0, max: 99 }),
      fc.constantFrom('.' as const, ',' as const),
    );
    fc.assert(
      fc.property(written, fc.boolean(), ([whole, cents, mark], isGrouped) => {
        const groups = isGrouped ? String(whole).replaceAll(/\B(?=(\d{3})+(?!\d))/g, mark === '.' ? ',' : '.') : String(whole);
        const text = `${groups}${cents ? `${mark}${String(cents).padStart(2, '0')}` : ''}`;
        const marks: Marks = {};
        noteMark(marks, text, 'here');
        const read = () => Number(decimalText(text, evidenceOf(marks), ['an amount', '19.99']));
        if (/[.,]/.test(text) && markIn(text) === undefined) expect(read).toThrow(/can mean/);
        else expect(read()).toBeCloseTo(whole + cents / 100, 6);
      }),
    );
  });
});
