/** Does the page on asking the lake show the questions that are deployed? */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { questions } from '../../shared/lake/questions.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/02-implementation/query-the-lake.md'), 'utf8');

it.each(questions)('$name stands on the page, word for word', ({ name, question, sql }) => {
  expect(page).toContain(`## ${name}\n\n${question}\n\n\`\`\`sql\n${sql}\n\`\`\`\n`);
});

it('shows no question that is not deployed', () => {
  const shown = [...page.matchAll(/^## (\S+)$/gm)].map(([, name]) => name);
  expect(shown).toEqual(questions.map(({ name }) => name));
});
