/** Which columns has a file of KPIs? What people read, and beside it what programs tell rows apart by. */
import type { CellType, ExportColumn } from './columns.ts';

type More = Pick<ExportColumn, 'unit' | 'isForPrograms'>;
const column = (name: string, title: string, type: CellType, about: string, more: More = {}): ExportColumn => ({
  name,
  title,
  type,
  about,
  ...more,
});
const forPrograms = (name: string, type: CellType, about: string): ExportColumn =>
  column(name, name, type, about, { isForPrograms: true });

/** A number in a unit, and for programs the minor units of one that is money. */
const quantity = (name: string, title: string, unit: string, about: string): ExportColumn[] => [
  column(name, title, 'quantity', about, { unit: { column: unit } }),
  forPrograms(`${name}_minor`, 'integer', `${name} in minor units, where ${unit} is a currency`),
];

export const kpiColumns: ExportColumn[] = [
  forPrograms('kpi', 'text', 'name of the KPI'),
  column('title', 'Number', 'text', 'title of the KPI'),
  column('split', 'Split by', 'text', 'title of the dimension'),
  column(
    'label',
    'Part',
    'text',
    'the value of the dimension as it is called: the title of a product; all others: those beyond the top, together',
  ),
  forPrograms('dimension', 'text', 'what the KPI is split by'),
  column('dimension_value', 'ID of the part', 'text', 'the value of the dimension; “other” where is_other'),
  forPrograms('is_other', 'flag', 'the values beyond the top, together'),
  column('narrowed_to', 'Narrowed to', 'text', 'the values of a dimension that count, as they were asked for'),
  column('which', 'Range', 'text', 'this range, or the earlier one that it is compared with'),
  column('what', 'Row', 'text', 'of what the row is: an hour, day, week or month, the whole range, or a part of what is open'),
  forPrograms('range', 'text', 'asked, or compared: the earlier range'),
  forPrograms('row', 'text', 'point, total of the range, or share: a part of what is open'),
  column(
    'at',
    'From',
    'day',
    'first day of the bucket in the range; of an hour its start with its offset; of a total its first day',
  ),
  column('to', 'To', 'day', 'last day of a week, month or total'),
  column('until', 'Until', 'text', 'the last day counts until this minute of its clock only'),
  ...quantity('value', 'Value', 'unit', 'the number, in unit; empty where nothing is known'),
  column('unit', 'Unit', 'unit', 'of value: a currency (ISO 4217), %, count or seconds'),
  forPrograms('kind', 'text', 'money, count, ratio or seconds'),
  forPrograms('currency', 'text', 'ISO 4217 where the kind is money'),
  column(
    'state_in_words',
    'State',
    'text',
    'so far, updated later, final, no data; only part of it: cut by the range, or still running',
  ),
  forPrograms(
    'state',
    'text',
    'partial (its days have not ended, or something accepted may still move them), restated or complete',
  ),
  forPrograms('is_cut', 'flag', 'a part of its hour, day, week or month'),
  forPrograms('no_data', 'flag', 'before the first datum of what it counts'),
  forPrograms('is_rounded', 'flag', 'a sum in it is beyond 2^53 − 1 minor units or counts: its last digits are rounded'),
  ...quantity('earlier', 'Earlier value', 'unit', 'the number of the earlier range, of a total'),
  column('earlier_from', 'Earlier from', 'day', 'first day of the earlier range'),
  column('earlier_to', 'Earlier to', 'day', 'its last day'),
  column('earlier_until', 'Earlier until', 'text', 'its last day counts until this minute of its clock only'),
  column(
    'change',
    'Change (%)',
    'quantity',
    'in %, of what has gone by of the asked range against as much of the earlier one; empty where that is zero or less, and of rates, which change in points',
    {
      unit: '%',
    },
  ),
  column('difference', 'Difference', 'quantity', 'of the two numbers, in difference_unit', {
    unit: { column: 'difference_unit' },
  }),
  column('difference_unit', 'Unit of the difference', 'unit', 'of difference: as unit; points of a rate'),
  ...quantity('gone_by', 'Gone by', 'unit', 'what the change is computed from, where that is not all of the range'),
  column('gone_by_to', 'Gone by to', 'day', 'last day of it'),
  column('gone_by_until', 'Gone by until', 'text', 'its last day counts until this minute of its clock only'),
  column('data_from', 'Data since', 'day', 'there is nothing before this day, so there is no change'),
  ...quantity('numerator', 'Numerator', 'numerator_unit', 'of a ratio: what is divided'),
  column('numerator_unit', 'Unit of the numerator', 'unit', 'of numerator'),
  ...quantity('denominator', 'Denominator', 'denominator_unit', 'of a ratio: what it is divided by'),
  column('denominator_unit', 'Unit of the denominator', 'unit', 'of denominator'),
  ...quantity('earlier_numerator', 'Earlier numerator', 'numerator_unit', 'of the earlier range'),
  ...quantity('earlier_denominator', 'Earlier denominator', 'denominator_unit', 'of the earlier range'),
  ...quantity('p50', 'Median', 'unit', 'median of a distribution'),
  ...quantity('p90', '90th percentile', 'unit', 'nine tenths of a distribution are at most this'),
  column('n', 'n', 'integer', 'how many a distribution counts'),
  column('earlier_n', 'Earlier n', 'integer', 'of the earlier range'),
  column('hours_from', 'Hours left from', 'number', 'of a part of what is open: hours left at least; empty: any'),
  column('hours_to', 'Hours left to', 'number', 'below these hours left'),
];
