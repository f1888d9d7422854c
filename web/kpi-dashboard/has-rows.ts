/** Can the rows behind a day of this KPI be told? Not of what is counted now, nor of what a job computed. */
import type { DictionaryKpi } from '../data/queries.ts';

export const hasRows = ({ kind }: DictionaryKpi): boolean => kind !== 'open' && kind !== 'report';
