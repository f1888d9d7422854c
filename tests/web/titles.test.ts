/** Is a number called on the page as it is in files and answers? */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { dictionary } from '../../shared/kpis/dictionary.ts';

it('every number has one English title, on the page, in answers and in files', () => {
  const english = JSON.parse(readFileSync(new URL('../../web/messages/en.json', import.meta.url), 'utf8')) as Record<
    string,
    string
  >;
  const names = [...dictionary.entries.keys()];
  expect(names.map((name) => [name, english[`kpi.${name}.title`]])).toEqual(
    names.map((name) => [name, dictionary.entries.get(name)?.kpi.title]),
  );
});
