/** In which units are a KPI's numbers: itself, what is divided, what it is divided by, and a difference of two of them? */
import { dictionary } from '../kpis/dictionary.ts';
import type { Unit } from '../kpis/language.ts';
import type { Cell } from './columns.ts';
import { differenceUnitOf, unitOf } from './quantity.ts';

type UnitsByColumn = { [column: string]: Cell };

export interface KpiUnits {
  kind: Unit;
  units: UnitsByColumn;
}

/** The units by column; undefined for what is no KPI. */
export function unitsOfKpi(name: string, currency: string): KpiUnits | undefined {
  const kpi = dictionary.entries.get(name)?.kpi;
  if (!kpi) return undefined;
  const of = (part: string): Cell => unitOf(dictionary.entries.get(part)?.kpi.unit ?? 'count', currency);
  const parts: UnitsByColumn =
    kpi.kind === 'ratio' ? { numerator_unit: of(kpi.numerator), denominator_unit: of(kpi.denominator) } : {};
  const units = { unit: unitOf(kpi.unit, currency), difference_unit: differenceUnitOf(kpi.unit, currency), ...parts };
  return { kind: kpi.unit, units };
}
