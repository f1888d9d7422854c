/** What is a case? Events, and what a KPI then says: by day, or by day and value of a dimension. */
import type { CloudEvent } from '../../../shared/events/parse.ts';
import type { Stamp } from '../../../shared/events/record.ts';

export interface Case {
  kpi: string;
  /** Completes "counts …". */
  says: string;
  events: CloudEvent[];
  /** Value by day; by `day#value` with `by`; of a distribution, the represented values by day. */
  gives: { [at: string]: number | number[] | [numerator: number, denominator: number] };
  by?: string;
  stamp?: Partial<Stamp>;
}
