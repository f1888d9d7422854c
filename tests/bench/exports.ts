/** How fast is a million rows written in each format, and how much memory does it take? One process a format, so that each is measured alone. */
import { execFileSync } from 'node:child_process';
import type { Exportable, ExportColumn, Row } from '../../shared/exports/columns.ts';
import { type FormatName, formatNames } from '../../shared/exports/format-names.ts';
import { formats } from '../../shared/exports/formats.ts';
import { measure } from '../../shared/exports/sink.ts';
import type { Lake } from '../../shared/lake/store.ts';
import { openUpload } from '../../shared/lake/upload.ts';
import { peakMB } from './memory.ts';
import { rounded } from './statistics.ts';

const rows = 1_000_000;
const text = (name: string): ExportColumn => ({ name, type: 'text', about: '' });
/** An amount in the row's currency, and for programs its minor units. */
const amount = (name: string): ExportColumn[] => [
  { name, type: 'quantity', unit: { column: 'currency' }, about: '' },
  { name: `${name}_minor`, type: 'integer', isForPrograms: true, about: '' },
];

/** Rows like those of orders: ids, instants with their local text, amounts, flags, and now and then nothing. */
function makeOrders(count: number): Exportable {
  async function* made(): AsyncGenerator<Row> {
    for (let i = 0; i < count; i++) {
      const at = new Date(Date.UTC(2026, 0, 1) + i * 31_000).toISOString();
      const local = `${at.slice(0, 19)}-05:00`;
      const paid = i % 9 ? at : null;
      const value = 1999 + (i % 5000);
      yield [
        `o-${i}`,
        value,
        value,
        1 + (i % 3),
        i % 11 === 0,
        'paid',
        at,
        local,
        paid,
        paid && local,
        ['live', 'video', 'shop'][i % 3] as string,
        499,
        499,
        'USD',
      ];
    }
  }
  const columns: ExportColumn[] = [
    text('order_id'),
    ...amount('order_value'),
    { name: 'sku_count', type: 'integer', about: '' },
    { name: 'is_cancelled', type: 'flag', about: '' },
    text('status'),
    { name: 'placed_at', type: 'instant', about: '' },
    { name: 'placed_at_local', type: 'day', about: '' },
    { name: 'paid_at', type: 'instant', about: '' },
    { name: 'paid_at_local', type: 'day', about: '' },
    text('channel'),
    ...amount('shipping_charged'),
    { name: 'currency', type: 'unit', about: '' },
  ];
  return { name: 'orders', columns, rows: made() };
}

interface Figures {
  rowsPerSecond: number;
  seconds: number;
  peakMB: number;
  MB: number;
}

/** A bucket that takes everything at once: what S3 takes is not measured, the parts waiting for it are. */
const nowhere = { bucket: 'nowhere', send: (async () => ({ UploadId: 'u', ETag: 'e' })) as unknown as Lake['send'] };

async function writeOne(format: FormatName): Promise<Figures> {
  const upload = await openUpload(nowhere, { key: 'orders', type: formats[format].type, fileName: 'orders' });
  const sink = measure(upload);
  const began = performance.now();
  await formats[format].write(makeOrders(rows), sink);
  await upload.complete();
  const seconds = (performance.now() - began) / 1000;
  return {
    rowsPerSecond: Math.round(rows / seconds),
    seconds: rounded(seconds),
    peakMB: peakMB(),
    MB: rounded(sink.result().bytes / 1e6),
  };
}

/** By format: rows a second, seconds, the peak of the process's memory and the size of the file, for a million orders of fourteen columns, twelve of them for people. */
export function exportSpeed(): Record<string, Figures> {
  return Object.fromEntries(
    formatNames.map((format) => [
      format,
      JSON.parse(execFileSync(process.execPath, [import.meta.filename, format], { encoding: 'utf8' })) as Figures,
    ]),
  );
}

if (import.meta.main) console.log(JSON.stringify(await writeOne(process.argv[2] as FormatName)));
