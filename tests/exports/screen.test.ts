/** Does a file hold what the screen shows, in every format: number by number and label by label, in currencies of no, two and three digits? */
import { parse } from 'csv-parse/sync';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KpisAnswer } from '../../shared/reports/kpis.ts';
import { formatNumber } from '../../web/formatting/numbers.ts';
import { type ExportsContext, makeDesk } from '../make/desk.ts';
import { makeOrder, makeRefund, makeShipment } from '../make/events.ts';
import { aProduct } from '../make/snapshots.ts';
import { partUnits, rounded, toldNumber, toldText } from '../make/told.ts';
import { type ColumnValue, readSheets } from '../make/workbook.ts';
import { expectedOf, titles } from './said-rows.ts';

const currencies = ['IDR', 'JPY', 'KWD', 'USD'];

let desk: ExportsContext;
beforeAll(async () => {
  desk = await makeDesk();
  for (const currency of currencies) {
    const creator = `c-${currency}`;
    const order = (id: string, paidAt: string, product: string, unitPrice: number) =>
      makeOrder(id, { creator, paidAt, product, unitPrice, data: { currency } });
    const sold = [
      order('o-1', '2026-03-03T15:00:00Z', 'p-1', 26_766),
      order('o-2', '2026-03-04T15:00:00Z', 'p-2', 150_000),
      order('o-3', '2026-03-05T15:00:00Z', 'p-3', 7),
      order('o-4', '2026-03-05T16:00:00Z', 'p-4', 90_071_992_547),
      order('o-5', '2026-02-24T15:00:00Z', 'p-1', 20_000),
      order('o-6', '2026-02-25T15:00:00Z', 'p-3', 10),
      order('o-7', '2026-03-20T14:00:00Z', 'p-2', 1_010),
    ];
    const parts = [
      makeRefund('o-1', 'r-1', '2026-03-06T10:00:00Z', 766, { currency }),
      makeRefund('o-5', 'r-1', '2026-03-19T10:00:00Z', 20_000, { currency }),
      makeShipment('o-1', 's-1', {
        handedOverAt: '2026-03-04T15:00:00Z',
        deliveredAt: '2026-03-06T17:30:10Z',
        status: 'delivered',
      }),
    ];
    const named = Object.entries(titles).map(([id, title]) => aProduct({ title, currency }, { id }));
    await desk.shop.load(
      creator,
      [...sold, ...parts, ...named].map((event) => ({ ...event, creatorid: creator })),
      { currency },
    );
  }
});
afterAll(() => desk.close());

const questions: [string, Record<string, unknown>][] = [
  [
    'days of several KPIs with a comparison',
    {
      names: ['netSales', 'orders', 'averageOrderValue', 'refundRate', 'timeToDeliver'],
      from: '2026-03-01',
      to: '2026-03-08',
      compare: 'previous_days',
    },
  ],
  [
    'a running month, compared to the minute',
    { names: ['grossSales', 'refundRate'], from: '2026-03-01', to: '2026-03-31', grain: 'week', compare: 'previous_month' },
  ],
  [
    'a split card: the top ones and all others, with their changes',
    {
      names: ['grossSales'],
      from: '2026-03-01',
      to: '2026-03-20',
      grain: 'total',
      by: 'product',
      top: 2,
      compare: 'previous_days',
    },
  ],
  [
    'a split of a rate, narrowed',
    {
      names: ['refundRate'],
      from: '2026-03-01',
      to: '2026-03-20',
      grain: 'total',
      by: 'product',
      where: 'product:p-1,p-2',
      compare: 'previous_days',
    },
  ],
  ['hours', { names: ['grossSales', 'orders'], from: '2026-03-08', to: '2026-03-08', grain: 'hour' }],
];

async function answerOf(creator: string, query: Record<string, unknown>): Promise<KpisAnswer> {
  const text = Object.fromEntries(Object.entries(query).map(([name, value]) => [name, String(value)]));
  const { status, json } = await desk.shop.get('kpis', text, creator);
  expect(status).toBe(200);
  return json;
}

async function fileOf(creator: string, query: Record<string, unknown>, format: string): Promise<Buffer> {
  const job = await desk.finished({ what: { kpis: query }, format }, creator);
  expect(job).toMatchObject({ status: 'done' });
  const [key = ''] = (await desk.keys()).filter((each) => each.includes(job.id) && each.endsWith(`.${format}`));
  return desk.read(key);
}

let titleOf: (name: string) => string;
beforeAll(async () => {
  const { json } = await desk.shop.ask({ route: 'GET /v1/kpis', roles: ['admin'] });
  const byName = new Map<string, string>(json.kpis.map(({ name, title }: { name: string; title: string }) => [name, title]));
  titleOf = (name) => byName.get(name) ?? '';
});

/** Led by an apostrophe where a spreadsheet would run it. */
const shown = (text: string): string => (text.startsWith('=') ? `'${text}` : text);
const differenceUnit = (unit: string): string => (unit === '%' ? 'points' : unit);

const cases = currencies.flatMap((currency) => questions.map(([what, query]) => [currency, what, query] as const));

describe('a file of KPIs', () => {
  it.each(cases)('of a shop in %s is what the screen shows: %s', async (currency, _, query) => {
    const creator = `c-${currency}`;
    const expected = expectedOf(await answerOf(creator, query), titleOf);
    const units = (said: (typeof expected)[number]) => ({ ...partUnits(currency, said.name), own: said.unit });

    const csv: Record<string, string>[] = parse(await fileOf(creator, query, 'csv'), { columns: true });
    expect(csv.map((row) => [row.Number, row.Part, row.Range, row.From, row.State, row.Unit])).toEqual(
      expected.map(({ number, part, range, from, state, unit }) => [number, shown(part), range, from, state, unit]),
    );
    for (const [i, said] of expected.entries()) {
      const { own, numerator, denominator } = units(said);
      const row = csv[i] ?? {};
      const isShare = own === '%';
      const plain = (text: string | undefined) => (isShare && text ? String(rounded(Number(text))) : text);
      expect(plain(row.Value)).toBe(toldText(said.value, own));
      expect(plain(row['Earlier value'])).toBe(toldText(said.earlier, own));
      expect(row['Change (%)']).toBe(toldText(said.change, '%'));
      expect(row.Difference && rounded(Number(row.Difference))).toBe(
        said.difference === null ? '' : toldNumber(said.difference, differenceUnit(own)),
      );
      expect(row.Numerator).toBe(toldText(said.numerator, numerator));
      expect(row.Denominator).toBe(toldText(said.denominator, denominator));
      expect(row.n).toBe(said.n === null ? '' : String(said.n));
      // The page's own words for an amount have the same digits in the same places.
      if (own === currency && said.value !== null)
        expect(row.Value?.replace('-', '')).toBe(formatNumber(said.value, { unit: 'money', currency }).replace(/[^\d.]/g, ''));
    }

    const json = (await fileOf(creator, query, 'json')).toString();
    const objects = JSON.parse(json) as Record<string, unknown>[];
    const written = [...json.matchAll(/"value":(null|-?[\d.]+)/g)].map(([, digits = '']) => digits);
    const parquet = await parquetReadObjects({ file: new Uint8Array(await fileOf(creator, query, 'parquet')).buffer });
    expect(written.map((digits) => (digits === 'null' ? '' : digits))).toEqual(csv.map(({ Value }) => Value));
    for (const rows of [objects, parquet]) {
      expect(
        rows.map(({ kpi, title, label, which, at, state_in_words, unit }) => [
          kpi,
          title,
          label ?? '',
          which,
          at,
          state_in_words,
          unit,
        ]),
      ).toEqual(
        expected.map(({ name, number, part, range, from, state, unit }) => [name, number, part, range, from, state, unit]),
      );
      for (const [i, said] of expected.entries()) {
        const { own, numerator, denominator } = units(said);
        const row = rows[i] ?? {};
        const numbers = [
          row.value,
          row.earlier,
          row.change,
          row.difference,
          row.numerator,
          row.denominator,
          row.n === null ? null : Number(row.n),
        ];
        expect(numbers.map(rounded)).toEqual([
          toldNumber(said.value, own),
          toldNumber(said.earlier, own),
          toldNumber(said.change, '%'),
          toldNumber(said.difference, differenceUnit(own)),
          toldNumber(said.numerator, numerator),
          toldNumber(said.denominator, denominator),
          said.n,
        ]);
        expect(row.value_minor === null ? null : Number(row.value_minor)).toBe(own === currency ? said.value : null);
      }
    }

    const [sheet = []] = readSheets(await fileOf(creator, query, 'xlsx'));
    const [header = [], ...cells] = sheet;
    const place = new Map(header.map(({ value }, i) => [String(value), i]));
    const cell = (row: ColumnValue[], title: string): ColumnValue =>
      row[place.get(title) ?? -1] ?? { value: 'no such column', format: '' };
    expect(header.map(({ value }) => value)).toEqual(Object.keys(csv[0] ?? {}));
    expect(cells).toHaveLength(expected.length);
    for (const [i, said] of expected.entries()) {
      const row = cells[i] ?? [];
      const text = ['Number', 'Part', 'Range', 'State', 'Unit'].map((title) => cell(row, title).value ?? '');
      const unit = said.unit === 'seconds' ? 'h:mm:ss' : said.unit;
      expect(text).toEqual([said.number, shown(said.part), said.range, said.state, unit]);
      const day = cell(row, 'From');
      const isHour = said.from.length > 10;
      expect([day.value, day.format]).toEqual(
        isHour ? [`${said.from.slice(0, 19)}.000Z`, 'yyyy\\-mm\\-dd\\ hh:mm:ss'] : [said.from, 'yyyy\\-mm\\-dd'],
      );
      const value = cell(row, 'Value');
      if (said.value === null) expect(value.value).toBeNull();
      else if (said.unit === '%') expect([rounded(value.value), value.format]).toEqual([rounded(said.value), '0.0%']);
      else if (said.unit === 'seconds')
        expect([rounded(Number(value.value) * 86_400), value.format]).toEqual([said.value, '[h]:mm:ss']);
      else if (said.unit === 'count') expect([value.value, value.format]).toEqual([said.value, '#,##0']);
      else {
        const digits = { JPY: '', KWD: '.000' }[currency] ?? '.00';
        expect([value.value, value.format]).toEqual([toldNumber(said.value, currency), `[$${currency}]\\ #,##0${digits}`]);
      }
      const change = cell(row, 'Change (%)');
      expect([change.value, said.change === null ? '' : change.format]).toEqual([
        said.change,
        said.change === null ? '' : '0.0%',
      ]);
    }
  });

  it('calls products by their titles, others together, and keeps what stands behind a title from being run', async () => {
    const [, query = {}] = questions[2] ?? [];
    const rows: Record<string, string>[] = parse(await fileOf('c-USD', query, 'csv'), { columns: true });
    const parts = rows.filter((row) => row.Range === 'this range' && row.Row === 'Whole range').map((row) => row.Part);
    expect([...new Set(parts)]).toEqual(['Mug, large', "'=Tea; green", 'all others']);
  });
});

describe('a file of entities', () => {
  it.each([
    ['IDR', '267.66'],
    ['JPY', '26766'],
    ['KWD', '26.766'],
    ['USD', '267.66'],
  ])('has amounts in %s with the digits of the currency beside it', async (currency, amount) => {
    const what = { entities: 'orders', from: '2026-03-03', to: '2026-03-03' };
    const read = async (format: string) => {
      const job = await desk.finished({ what, format }, `c-${currency}`);
      const [key = ''] = (await desk.keys()).filter((each) => each.includes(job.id) && each.endsWith(`03.${format}`));
      return desk.read(key);
    };
    const [csv = {}]: Record<string, string>[] = parse(await read('csv'), { columns: true });
    expect([csv['Order value'], csv.Currency]).toEqual([amount, currency]);
    const text = (await read('json')).toString();
    expect(text).toContain(`"order_value":${amount},"order_value_minor":26766,`);
    const [parquet = {}] = await parquetReadObjects({ file: new Uint8Array(await read('parquet')).buffer });
    expect([parquet.order_value, parquet.order_value_minor]).toEqual([Number(amount), 26_766n]);
    const [[header = [], row = []] = []] = readSheets(await read('xlsx'));
    const cell = (title: string) => row[header.findIndex(({ value }) => value === title)];
    expect(cell('Order value')).toMatchObject({ value: Number(amount), format: expect.stringContaining(`[$${currency}]`) });
    expect(cell('Paid at (UTC)')?.value).toBe('2026-03-03T15:00:00.000Z');
    expect(cell('Paid at (local)')?.value).toBe('2026-03-03T10:00:00.000Z');
  });
});
