/** What can be asked? One line a question. */
import { creator } from './routes/creator.ts';
import { kpiDictionary, kpis } from './routes/kpis.ts';

export const routes = [kpiDictionary, creator, kpis];
