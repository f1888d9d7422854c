/** Does the embedded Athena answer as Trino does, and fail where it cannot? */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { catalogOf } from '../../../local/athena/catalog.ts';
import { openEngine } from '../../../local/athena/engine.ts';
import { trinoAnswers } from './trino-answers.ts';

const engine = openEngine({ catalog: catalogOf(() => []), storageDir: mkdtempSync(join(tmpdir(), 'athena-')) });
afterAll(() => engine.close());

describe('a statement of Trino', () => {
  it.each(trinoAnswers)('%s', async (sql, answer) => {
    if (Array.isArray(answer)) expect((await engine.query(sql)).rows).toEqual(answer);
    else await expect(engine.query(sql)).rejects.toMatchObject({ code: answer.fails });
  });
});
