/** Does a KPI's name stand in the declarations only? Then a new one touches one file. */
import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { dictionary } from '../../shared/kpis/dictionary.ts';

// The words of events are a vocabulary of their own: a status `delivered`, a fee of kind `tax`; so are the words of sources, which name
// columns, kinds of files and fields of vendors, and those of the stand-ins for vendors.
const own = ['shared/kpis/', 'shared/events/', 'shared/sources/', 'local/vendors/'];
const alone = [
  // Names of lists in the lake.
  'web/screens/exports/what.ts',
  // Kinds of tables, a status of parcels, and the field of a webhook in which ids of orders stand.
  'web/screens/sources/templates.tsx',
  'shared/imports/load.ts',
  'shared/connections/waiting.ts',
  // Kinds of files, and a flag that says how many orders a simulated shop has.
  'shared/imports/survey.ts',
  'commands/import-seller-center.ts',
  'commands/simulate.ts',
  // Columns of the lake, and names of documents.
  'shared/insight/profit/accounts-sql.ts',
  'shared/insight/profit/ledger-sql.ts',
  'shared/insight/free-samples/brought.ts',
  'shared/insight/outlook/series.ts',
  'shared/insight/payouts/document.ts',
  'shared/insight/fulfilment/sql.ts',
  'shared/insight/stock/document.ts',
  // What a piece of evidence counts.
  'shared/insight/advice/rule.ts',
  'shared/insight/advice/rules/below-cost.ts',
  'shared/insight/advice/rules/late-orders.ts',
  'shared/insight/advice/rules/paid-short.ts',
  // Words that may never change, whatever the KPIs are called: a new KPI is not entered there.
  'shared/store/pending-words.ts',
];
const files = globSync('{functions,shared,local,commands,infra,web}/**/*.{ts,tsx}').filter(
  (file) => !alone.includes(file) && !own.some((folder) => file.startsWith(folder)),
);

it('no file outside shared/kpis names a KPI in a string', () => {
  expect(files.length).toBeGreaterThan(50);
  const found = files.flatMap((file) => {
    const text = readFileSync(file, 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
    return [...text.matchAll(/(['"`])([A-Za-z]+)\1/g)]
      .map(([, , name = '']) => name)
      .filter((name) => dictionary.entries.has(name))
      .map((name) => `${file}: ${name}`);
  });
  expect(found).toEqual([]);
});
