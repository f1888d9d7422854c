/** What did an import of files leave behind? The newest snapshot of each entity, as a service would keep it. */
import type { CloudEvent } from '../../../shared/events/parse.ts';
import { minorDigits } from '../../../shared/money.ts';
import { newReport } from '../../../shared/sources/files/import-report.ts';
import { sellerCenterEvents } from '../../../shared/sources/seller-center/events.ts';
import { type ImportPlan, type PlanOptions, planImport } from '../../../shared/sources/seller-center/plan.ts';
import { toLocal } from '../../../shared/time.ts';

export interface Imported {
  plan: ImportPlan;
  report: ReturnType<typeof newReport>;
  newest: Map<string, CloudEvent>;
  /** Snapshots of one version that differ: chance would decide between them. */
  ties: string[];
}

export async function importFiles(paths: string[], options: Omit<PlanOptions, 'now'>): Promise<Imported> {
  const now = Date.parse('2026-12-15T00:00:00Z');
  const plan = await planImport(paths, { ...options, now });
  const report = newReport();
  const newest = new Map<string, CloudEvent>();
  const ties: string[] = [];
  for await (const event of sellerCenterEvents(plan, { report, now })) {
    const known = newest.get(event.subject);
    if (known?.entityversion === event.entityversion && JSON.stringify(known.data) !== JSON.stringify(event.data))
      ties.push(event.subject);
    if (!known || event.entityversion > known.entityversion) newest.set(event.subject, event);
  }
  return { plan, report, newest, ties };
}

type Data = CloudEvent['data'];

/** Snapshots of one entity, each with the ids of its subject. */
export const ofEntity = ({ newest }: Imported, entity: string): { ids: string[]; data: Data }[] =>
  [...newest.values()].flatMap(({ type, subject, data }) =>
    type === `dev.creatoranalytics.${entity}.updated.v1` ? [{ ids: subject.split('/').slice(1), data }] : [],
  );

/** Reads amounts in the scale of a truth file, and days in a zone. */
export interface Reading {
  amount: (value: unknown) => number;
  day: (value: unknown) => string;
  wall: (value: unknown) => string | null;
}

export function readingOf(currency: string, moneyScale: number, zone: string): Reading {
  const by = 10 ** (minorDigits(currency) - moneyScale);
  const local = (value: unknown) => toLocal(Date.parse(String(value)), [{ from: '0001-01-01T00:00:00Z', zone }]);
  return {
    amount: (value) => Number(value ?? 0) / by,
    day: (value) => local(value).slice(0, 10),
    wall: (value) => (value === undefined ? null : local(value).slice(0, 19)),
  };
}

export const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);
export const objectBy = <T, V>(items: Iterable<T>, key: (item: T) => string, value: (items: T[]) => V): { [key: string]: V } =>
  Object.fromEntries([...Map.groupBy(items, key)].map(([name, group]) => [name, value(group)]));
