/** Which files may not be counted together? A statement of another shop, and figures of the same days. */
import type { PlannedFile, Remedies } from './plan.ts';

/** Kinds whose events are about a period of their own: their files say no time of export, and the time of the file is taken. */
export const ofPeriods = ['ads', 'analytics'];

/** Refuses a statement of which no order is among the orders given beside it, although they are of the same time: it is of another shop. */
export function refuseOtherShop(files: PlannedFile[], { otherShop }: Remedies): void {
  const orders = files.flatMap(({ tables }) => tables).filter(({ table }) => table.kind.kind === 'orders');
  const ids = new Set(orders.flatMap(({ table }) => [...table.keys]));
  if (ids.size === 0) return;
  const from = orders.map(({ table, order }) => table.earliest[order]).sort()[0] ?? '';
  for (const { survey, tables } of files)
    for (const { table } of tables) {
      if (table.kind.kind !== 'income' && table.kind.kind !== 'on-hold') continue;
      const isOfTheirTime = table.latest.day > from;
      if (table.keys.size >= 5 && isOfTheirTime && ![...table.keys].some((id) => ids.has(id)))
        throw new Error(
          `${survey.file}: none of its ${table.keys.size} ids is among the ${ids.size} orders of the exports beside it, though they are of the same time: it seems to be of another shop. Leave it out, or import it by itself ${otherShop}`,
        );
    }
}

/** One period of ads or analytics inside another would count its days twice. */
export function refuseOverlaps(files: PlannedFile[]): void {
  for (const kind of ofPeriods) {
    const own = files.filter(({ survey }) => survey.tables.some((table) => table.kind.kind === kind));
    for (const a of own)
      for (const b of own)
        if (a !== b && a.period && b.period && a.period.from < b.period.from && b.period.from <= a.period.to)
          throw new Error(
            `${a.survey.file} and ${b.survey.file} are about the same days, which would count twice: give one of them`,
          );
  }
}
