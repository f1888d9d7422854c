/** What does settings do? Keeps what people set for themselves; it reads no numbers and changes none. */
import { openTable } from '../../shared/store/table.ts';
import { serve } from '../http.ts';
import { required } from '../required.ts';
import { routes } from './routes.ts';

export const handler = serve(routes, (environment) => ({ table: openTable(required(environment, 'TABLE_NAME')) }));
