/** What does quarantine answer? Written by `npm run generate` from the files in routes/. */
import { discardRecords, list, replay, show } from './routes/quarantine.ts';

export const routes = [list, show, replay, discardRecords];
