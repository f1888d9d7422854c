/** What do the views of KPIs hold, column by column? */
import type { Dictionary } from '../kpis/dictionary.ts';
import type { Column } from './columns.ts';
import { kpiDailySql, kpiHourlySql } from './kpi-sql.ts';
import type { View } from './views.ts';

const column = (name: string, type: Column['type'], comment: string): Column => ({ name, type, comment });

const creator = column('creator_id', 'string', 'the creator; every question names it or means all');
const kpi = column('kpi', 'string', 'name of a measure or distribution');
const subject = column('subject', 'string', 'the subject that the KPI belongs to');
const number = column('number', 'bigint', 'what adds up: a count, or minor units of the shop’s currency; zeros have no row');

/** Every measure by local day, in total and by dimension, and by local hour; by the definitions that are current. */
export const kpiViews = (dictionary: Dictionary): View[] => [
  {
    name: 'kpi_daily',
    sql: kpiDailySql(dictionary),
    columns: [
      creator,
      kpi,
      subject,
      column('dimension', 'string', 'total, a dimension, or bucket for the counters of a distribution'),
      column('value', 'string', 'of the dimension, number of the bucket, empty for the total'),
      column('day', 'string', 'local day, 2026-03-01'),
      number,
    ],
  },
  {
    name: 'kpi_hourly',
    sql: kpiHourlySql(dictionary),
    columns: [creator, kpi, subject, column('hour', 'string', 'local hour with its offset, 2026-11-01T01-04:00'), number],
  },
];
