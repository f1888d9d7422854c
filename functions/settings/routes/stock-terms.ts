/** On which terms does a creator order? */
import { getStockTerms, putStockTerms, type StockTerms } from '../../../shared/api/stock-terms.ts';
import { stockTermsPlace, type VersionedList } from '../../../shared/store/versioned-list.ts';
import { route } from '../../http.ts';
import type { SettingsContext } from '../context.ts';
import { findList, replaceList } from '../versioned-list.ts';

type Kept = Omit<StockTerms, 'savedAt'>;

const place = { ...stockTermsPlace, what: 'The list of terms is' };
const answerOf = ({ version, entries }: VersionedList<Kept>) => ({ json: { version, terms: entries } });

export const stockTerms = route(getStockTerms, async ({ creatorId }, { table }: SettingsContext) =>
  answerOf(await findList<Kept>(table, creatorId, place)),
);

export const newStockTerms = route(putStockTerms, async ({ creatorId, body, now }, { table }: SettingsContext) =>
  answerOf(await replaceList<Kept>(table, creatorId, place, { version: body.version, entries: body.terms }, now)),
);
