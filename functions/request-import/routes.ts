/** What does request-import answer? Written by `npm run generate` from the files in routes/. */
import { allImports, confirm, newImport, oneImport, survey } from './routes/imports.ts';

export const routes = [newImport, survey, confirm, allImports, oneImport];
