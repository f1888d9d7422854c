/** Which events can there be? Every field of every entity at its edges, read off the schemas: a new field is fuzzed without a line here. */
import * as z from 'zod';
import { entities, typeOf } from '../../shared/events/entities.ts';
import type { Entity } from '../../shared/events/entity.ts';
import type { Stamp } from '../../shared/events/record.ts';
import { dictionary } from '../../shared/kpis/dictionary.ts';
import { beginning } from '../../shared/time.ts';
import type { Chance } from '../crash/chance.ts';

/** What collect would have stamped; also the latest instant that has happened. */
export const receivedAt = '2026-11-27T12:00:00.000Z';
/** Where it stands in a key or a file, the fuzz's stores refuse it: a limit that the code knows nothing of. */
export const unknownLimit = '☠';

interface Json {
  type?: string;
  enum?: string[];
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  maxItems?: number;
  format?: string;
  properties?: { [name: string]: Json };
  required?: string[];
  items?: Json;
  additionalProperties?: Json | boolean;
}

const zones = [
  'UTC',
  'America/New_York',
  'Pacific/Auckland',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'Etc/GMT+12',
  'Africa/Monrovia',
  'America/St_Johns',
  'Antarctica/Troll',
  'Australia/Lord_Howe',
] as const;
const currencies = ['USD', 'JPY', 'KWD', 'CLF', 'EUR', 'IDR', 'VND', 'BRL'];
const rates = ['1', '0.000000000001', '999999999999.999999999999', '5.4321', '24000', '0.0065', '000000000001.5'];
const instants = [
  '1980-01-01T00:00:00Z',
  '1980-01-01T00:00:00+23:59',
  '1979-12-31T23:59:59Z',
  '0001-01-01T00:00:00Z',
  '1999-12-31T23:59:59.999999999Z',
  '2000-02-29T12:00:00-23:59',
  '2026-03-08T06:59:59.999Z',
  '2026-03-08T07:00:00Z',
  '2026-11-01T05:30:00Z',
  '2026-11-27T11:59:59Z',
  '2026-11-28T12:00:00Z',
  '2011-12-30T10:00:00Z',
  '1980-06-01T00:00:00.1Z',
];
const later = ['2199-12-31T23:59:59.999Z', '2199-12-31T23:59:59-23:59', '2200-01-01T00:00:00Z', '9999-12-31T00:00:00Z'];
const days = ['1980-01-01', '2199-12-31', '2000-02-29', '2026-03-08', '2026-11-27', '1979-12-31', '0000-01-01', '2026-02-30'];
const minutes = [
  '1980-01-01T00:00Z',
  '2026-03-08T07:00Z',
  '2026-11-01T06:30Z',
  '2026-11-27T12:00Z',
  '0001-01-01T00:00Z',
  '1979-12-31T23:59Z',
];
const signs = [
  'a',
  'Z',
  '0',
  '#',
  '|',
  ':',
  '~',
  ' ',
  '"',
  '\\',
  '{',
  '\u0000',
  '\u001f',
  '\u007f',
  'é',
  '香',
  'ﷺ',
  '😀',
  '\u202e',
  '\ufeff',
  '\uffff',
];
const words = [
  '__proto__',
  'constructor',
  'toString',
  '(none)',
  'total',
  'null',
  'NaN',
  '1e999',
  'order',
  "'; DROP TABLE kpi; --",
  '=1+1',
  unknownLimit,
];
/** Fields that tell one thing from another. */
const idNames = /^(sku|buyerKey)$|Id$/;
const numbers = [0, -0, 1, 2, 5e-324, 0.1, 1e21, 1.7976931348623157e308, Number.MAX_SAFE_INTEGER, -1, 2 ** 53];

const schemas = new Map<string, Json>();
function jsonOf(entity: Entity): Json {
  const known = schemas.get(entity.name) ?? (z.toJSONSchema(entity.schema, { io: 'input', unrepresentable: 'any' }) as Json);
  schemas.set(entity.name, known);
  return known;
}

export interface Edges {
  /** An event, most of them such that they parse; `n` tells it from all others. */
  event(n: number, creator: string): { [name: string]: unknown };
  stamp(creator: number): Stamp;
}

export function edgesOf(chance: Chance): Edges {
  const rarely = () => chance.happens(0.002);

  function text(least = 1, most = 200): string {
    if (chance.happens(0.25)) return chance.pick(words).slice(0, most);
    if (rarely()) return `x${chance.pick(['\ud800', '\udbff', '\udc00'])}`;
    const length = chance.happens(0.05) ? most : Math.max(least, chance.below(12));
    const sign = chance.pick(signs);
    const built = chance.happens(0.5) ? sign.repeat(Math.floor(length / sign.length)) : '';
    return (
      (built || Array.from({ length: Math.min(length, 20) }, () => chance.pick(signs)).join('')).slice(0, most).toWellFormed() ||
      'x'
    );
  }

  /** Seldom with what no id may hold. */
  function idText(least?: number, most?: number): string {
    const made = text(least, most);
    return rarely() ? made : made.replaceAll(/\p{Cc}/gu, '_').replaceAll('(none)', '(some)');
  }

  function whole({ minimum = -Number.MAX_SAFE_INTEGER, maximum = Number.MAX_SAFE_INTEGER }: Json): number {
    if (chance.happens(0.6)) return Math.min(Math.max(minimum, chance.below(1000)), maximum);
    return chance.pick(
      [minimum, maximum, maximum, 0, 1, -0, Math.floor(maximum / 500), Math.floor(maximum / 2)].filter(
        (n) => n >= minimum && n <= maximum,
      ),
    );
  }

  /** Whatever JSON can hold, a few levels deep; now and then to the edge, and beyond it. */
  function anything(level = 0): unknown {
    if (level === 0 && rarely()) return JSON.parse('['.repeat(28) + ']'.repeat(28));
    if (level === 0 && rarely()) return 'y'.repeat(chance.pick([1000, 100_000, 300_000]));
    const kind = chance.below(level > 3 ? 4 : 6);
    if (kind === 0) return chance.pick(numbers);
    if (kind === 1) return text();
    if (kind === 2) return chance.pick([true, false, null]);
    if (kind === 3) return [];
    if (kind === 4) return [anything(level + 1), anything(level + 1)];
    return Object.fromEntries([
      [text(), anything(level + 1)],
      [text(), anything(level + 1)],
    ]);
  }

  function draw(name: string, json: Json): unknown {
    if (chance.happens(0.0005)) return anything();
    if (name === 'currency') return chance.pick(currencies);
    if (name === 'timeZone') return chance.pick(zones);
    if (name === 'exchangeRate') return chance.pick(rates);
    if (name === 'country') return 'US';
    if (json.format === 'email') return 'a@example.com';
    if (json.enum) return chance.pick(json.enum);
    if (json.format === 'date-time')
      return chance.happens(0.98)
        ? chance.pick(instants.filter((_, i) => i !== 2 && i !== 3 && i !== 10))
        : chance.pick([...instants, ...later]);
    if (json.format === 'date') return chance.pick(chance.happens(0.98) ? days.slice(0, 5) : days);
    if (json.type === 'string') return (idNames.test(name) ? idText : text)(json.minLength, json.maxLength ?? 200);
    if (json.type === 'integer') return whole(json);
    if (json.type === 'number') return chance.pick([json.minimum ?? 0, json.maximum ?? 1, 0.5, 1e-320, 12, 3.999999999]);
    if (json.type === 'boolean') return chance.happens(0.5);
    if (json.type === 'array') {
      const most = json.maxItems ?? 10;
      const length = chance.happens(0.004) ? most : chance.below(4);
      return Array.from({ length: Math.max(1, length) }, () => draw('', json.items ?? {}));
    }
    if (json.properties) return objectOf(json);
    const size = rarely() ? 3000 : chance.below(4);
    return Object.fromEntries(
      Array.from({ length: size }, (_, i) => [
        text() + i,
        draw('', typeof json.additionalProperties === 'object' ? json.additionalProperties : { type: 'integer', minimum: 0 }),
      ]),
    );
  }

  function objectOf({ properties = {}, required = [] }: Json): { [name: string]: unknown } {
    const all = Object.entries(properties).filter(([name]) => required.includes(name) || chance.happens(0.5));
    const data: { [name: string]: unknown } = Object.fromEntries(all.map(([name, json]) => [name, draw(name, json)]));
    if (chance.happens(0.05)) data[text(1, 40)] = anything();
    return data;
  }

  /** The few rules that span fields: kept most of the time, or hardly an event would parse. */
  function mended(entity: string, data: { [name: string]: unknown }): { [name: string]: unknown } {
    if (chance.happens(0.01)) return data;
    if (data.currency !== undefined) data.exchangeRate ??= chance.pick(rates);
    if (entity === 'cost' && String(data.from) > String(data.to)) [data.from, data.to] = [data.to, data.from];
    if (entity === 'cost' && chance.happens(0.9)) data.to = data.from;
    if (entity === 'review') data.rating ??= 5;
    const lines = (Array.isArray(data.lines) ? data.lines : []).filter((line) => typeof line === 'object' && line !== null);
    if (entity === 'order')
      for (const line of lines as { unitPrice: number; quantity: number }[])
        if (line.unitPrice * line.quantity > 1e13) line.quantity = 1;
    if (entity === 'refund') {
      const each = Math.floor(Number(data.goodsAmount) / Math.max(1, lines.length));
      for (const line of lines as { goodsAmount: number }[]) line.goodsAmount = Math.min(line.goodsAmount, each);
    }
    return data;
  }

  function subjectOf({ subject }: Entity, n: number, creator: string): string {
    return subject.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
      if (name === 'creatorId') return creator;
      if (name === 'day') return chance.pick(chance.happens(0.98) ? days.slice(2, 5).concat(days[0] ?? '') : days);
      if (name === 'minute') return chance.pick(chance.happens(0.98) ? minutes.slice(0, 3) : minutes);
      if (name === 'orderId' && chance.happens(0.2)) return `shared-${chance.below(50)}`;
      return `${n}${chance.happens(0.5) ? idText(1, 40).replaceAll(/[/@]/g, '') : ''}${chance.happens(0.01) ? '香'.repeat(150) : ''}`;
    });
  }

  const all = [...entities.values()];
  return {
    event(n, creator) {
      const entity = chance.pick(all);
      return {
        specversion: '1.0',
        id: `e-${n}-${idText(1, 40)}`,
        source: `/${idText(1, 40)}`,
        type: typeOf(entity.name),
        subject: subjectOf(entity, n, creator),
        time: chance.pick(instants.slice(4, 10)),
        creatorid: creator,
        entityversion: chance.pick([1, 2, 1_700_000_000_000, Date.parse(receivedAt) + 86_400_000, 1 + chance.below(1e9)]),
        data: mended(entity.name, objectOf(jsonOf(entity))),
        ...(chance.happens(0.02) ? { [text(1, 20)]: anything() } : {}),
      };
    },
    stamp: (creator) => ({
      definitions: 1 + chance.below(dictionary.latest),
      profile: 1,
      zones: [
        { from: beginning, zone: zones[creator % zones.length] ?? 'UTC' },
        ...(creator % 3 ? [] : [{ from: '2026-03-01T00:00:00.000Z', zone: 'Pacific/Apia' }]),
      ],
      currency: currencies[creator % currencies.length] ?? 'USD',
      generation: 1,
      epoch: 1,
      receivedAt,
    }),
  };
}
