/** What does request-import answer? Written by `npm run generate` from the files in routes/. */
import { allImports, confirm, newImport, oneImport, refusedFiles, survey } from './routes/imports.ts';
import { allTemplates, oneTemplate } from './routes/templates.ts';

export const routes = [newImport, survey, confirm, allImports, oneImport, refusedFiles, allTemplates, oneTemplate];
