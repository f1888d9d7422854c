/** What does the dictionary of the lake say? Written from its tables, so that it cannot say anything else. */
import { entities } from '../../shared/events/entities.ts';
import type { Dictionary } from '../../shared/kpis/dictionary.ts';
import { type Column, type LakeTable, lakeTables, snapshotKey } from '../../shared/lake/columns.ts';
import { dailySnapshotTables, dailySnapshotViews } from '../../shared/lake/daily-snapshot-tables.ts';
import { kpiViews } from '../../shared/lake/kpi-views.ts';
import { table } from './table.ts';

const introduction = [
  '# The lake',
  'Written by `npm run generate` from `shared/lake/columns.ts` and `shared/events/`. Do not edit: change the declaration instead. How to ask it: [query the lake](../02-implementation/query-the-lake.md).',
  '## Layout',
  'The function `archive` reads the stream beside `aggregate` and writes Parquet (snappy), a file for each table and day of arrival in a batch:',
  '```\ns3://<lake bucket>/raw/entity=order/dt=2026-11-22/<shard>-<first sequence>-<last sequence>.parquet\n```',
  'Lists of an entity have a table of their own (`entity=order.lines`), written before the entity: whoever finds the entity finds its lists. Fields that have no column are in `data`, the snapshot as JSON. Personal fields (a creator’s name, address and preferences) never get here.',
  '**Arrival day and business day.** `dt` is the UTC day on which an event was accepted. An order of March that is imported in November lies under November: a condition on `dt` limits what is read, never what is meant. Business days are the first ten letters of a column that ends in `_local`: local time of the creator with its offset, by the zone in force then.',
  '**Money** is in minor units of `shop_currency`, converted where the event was in another currency; `currency` says which that was. **Instants** are in UTC, to the millisecond.',
  '## Which snapshot is the newest',
  `Every event is a whole snapshot. Of those of one entity (\`creator_id\`, \`subject\`) the newest has the largest \`version\`; between equals the larger \`definitions\` decides, then \`profile\`, then \`hash\`: the order in which totals are kept as well. Views give the newest only. They find the rows of a list by all ${snapshotKey.length} columns of the key, so a list never mixes two snapshots.`,
  '## What is once, and what at least once',
  table(
    ['what', 'how often'],
    [
      [
        'an accepted event in a raw table',
        'at least once: a retry overwrites its own file, a batch that was cut anew repeats rows',
      ],
      ['an entity in a view', 'exactly once, as its newest snapshot'],
      ['an element of a list in a view', 'exactly once'],
      ['a number in `kpi_daily` and `kpi_hourly`', 'exactly once: computed from the views'],
      ['a row in a view of daily snapshots', 'exactly once a night'],
      [
        'an event that cannot be converted',
        'not at all: it is in the [quarantine](data-model.md#quarantine), here as in the totals',
      ],
    ],
  ),
  'Count rows of an entity’s raw table with `count(DISTINCT seq)`; in a list’s raw table take `DISTINCT` rows.',
];

const rowOf = ({ name, type, comment }: Column): string[] => [`\`${name}\``, type, comment];

function sectionOf(one: LakeTable): string[] {
  const about = one.list ? `Elements of \`${one.list}\`, a row each.` : (entities.get(one.entity)?.about ?? '');
  return [
    `### ${one.view}`,
    `${about} Raw table \`${one.name}\`, files under \`${one.prefix}/\`.`,
    table(['Column', 'Type', 'Meaning'], one.columns.map(rowOf)),
  ];
}

function kpiSection(dictionary: Dictionary): string[] {
  return [
    '## Views of KPIs',
    'Compiled from the [KPI declarations](kpis.md). They say what the totals of the service say, and the nightly reconciliation compares the two cell by cell.',
    ...kpiViews(dictionary).flatMap(({ name, columns }) => [
      `### ${name}`,
      table(['Column', 'Type', 'Meaning'], columns.map(rowOf)),
    ]),
  ];
}

function dailySnapshotSection(dictionary: Dictionary): string[] {
  const views = dailySnapshotViews(dictionary);
  const columnsOf = (name: string): Column[] => dailySnapshotTables(dictionary).find((one) => one.name === name)?.columns ?? [];
  return [
    '## Daily snapshots',
    'Every night (03:30 UTC) `store-nightly` stores what arrived before the day began: the newest snapshots that KPIs read, and the rows of `kpi_daily` counted from them. The views below have whole nights only ([how](../00-planning/decisions/016-nights-in-attempts.md)); nights of the last 33 days are there. A question names `night`, and of `kpi_nightly` also `kpi`: each has files of its own.',
    '### kpi_nightly',
    'The columns of `kpi_daily` and `night`. Table `kpi_nightly_raw`, files under `nightly/kpis/`.',
    '### Newest snapshots',
    'The columns of the view of the moment, and `night`, without what only tells the newest and where it came from (`version`, `profile`, `hash`, `generation`, `seq`, `event_…`, `received_at`, `data`); `subject` only where a list is found by it. Beside each `…_local` stands `…_day`, its local day.',
    table(
      ['view', 'stored'],
      views
        .filter(({ name }) => name !== 'kpi_nightly')
        .map(({ name }) => [`\`${name}\``, `what \`${name.replace(/_nightly$/, '')}\` says`]),
    ),
    '### nights',
    table(['Column', 'Type', 'Meaning'], columnsOf('nights').map(rowOf)),
  ];
}

export function lakePage(dictionary: Dictionary): string {
  return `${[
    ...introduction,
    ...kpiSection(dictionary),
    ...dailySnapshotSection(dictionary),
    '## Tables and views',
    'A raw table has every snapshot that came and the partition column `dt`; the view named here the newest.',
    ...lakeTables.flatMap(sectionOf),
  ].join('\n\n')}\n`;
}
