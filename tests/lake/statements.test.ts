/** Does every statement that the project can send run on the embedded Athena, with the answer that DuckDB gives to it directly? */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dictionary } from '../../shared/kpis/dictionary.ts';
import { kpiSql } from '../../shared/lake/kpi-sql.ts';
import { questions } from '../../shared/lake/questions.ts';
import { newestViews } from '../../shared/lake/views.ts';
import { type EmbeddedLake, makeEmbeddedLake } from '../make/embedded-lake.ts';
import { type MadeLake, makeLake } from '../make/lake.ts';
import { anOperationMinute, anOrder, aRefund, aReview, aSettlement, aShipment } from '../make/snapshots.ts';
import { aStream } from '../make/stream.ts';
import { someOf } from '../rounds.ts';

const records = aStream([
  anOrder({ buyerKey: 'b-1', shipBy: '2026-03-03T00:00:00Z', deliverBy: '2026-03-08T00:00:00Z' }, { order: 'o-1' }),
  anOrder({ status: 'cancelled', cancellationFault: 'seller' }, { order: 'o-2' }),
  aShipment({ handedOverAt: '2026-03-04T14:00:00Z', deliveredAt: '2026-03-06T14:00:00Z' }, { order: 'o-1' }),
  aRefund({}, { order: 'o-1' }),
  aReview({ rating: 2, topic: 'leaks' }, { order: 'o-1' }),
  aSettlement(),
  anOperationMinute({}, {}),
]);

const duckTypes = { string: 'VARCHAR', bigint: 'BIGINT', double: 'DOUBLE', boolean: 'BOOLEAN', timestamp: 'TIMESTAMP' };

let embedded: EmbeddedLake;
let direct: MadeLake;
beforeAll(async () => {
  embedded = await makeEmbeddedLake();
  embedded.put(records, '2026-06-01');
  direct = await makeLake(records);
});
afterAll(() => {
  embedded?.close();
  direct?.close();
});

/** Rows as text, in order of their text. */
const inOrder = (rows: unknown[][]): string[] =>
  rows.map((row) => JSON.stringify(row.map((cell) => (cell === null ? null : String(cell))))).sort();

/** Asks both engines; answers how many rows they agree on. */
async function sameAnswers(sql: string, values: string[] = []): Promise<number> {
  const answer = await embedded.engine.query(
    sql,
    values.map((value) => `'${value}'`),
  );
  const rows = await direct.ask(sql, values);
  expect(inOrder(answer.rows)).toEqual(inOrder(rows.map((row) => Object.values(row))));
  return rows.length;
}

describe('the embedded Athena', () => {
  test.each(someOf(['day', 'hour', 'week', 'month', 'total'] as const, 'statementGrains'))(
    'adds up every KPI by %s',
    async (grain) => {
      expect(await sameAnswers(kpiSql(dictionary, { grain }).sql)).toBeGreaterThan(20);
      const { sql, parameters } = kpiSql(dictionary, { grain, isOfCreator: true });
      expect(
        await sameAnswers(
          sql,
          parameters.map(() => 'c-1'),
        ),
      ).toBeGreaterThan(20);
      expect(
        (
          await embedded.engine.query(
            sql,
            parameters.map(() => "'c-2'"),
          )
        ).rows,
      ).toEqual([]);
    },
  );

  test.each(['kpi_daily', 'kpi_hourly'])('answers from the view %s', async (view) => {
    const { rows } = await embedded.engine.query(`SELECT * FROM ${view} WHERE creator_id = ?`, ["'c-1'"]);
    expect(rows.length).toBeGreaterThan(20);
  });

  // The embedded engine casts a view's columns to what is declared; Athena refuses a view whose columns are of another type.
  test.each(newestViews())('the view $name has columns of the types that it declares', async ({ name, columns }) => {
    const types = columns.map((column) => `typeof(one."${column.name}") AS "${column.name}"`).join(', ');
    const [row] = await direct.ask(
      `SELECT ${types} FROM (VALUES (1)) AS always(n) LEFT JOIN (SELECT * FROM ${name} LIMIT 1) AS one ON true`,
    );
    expect(row).toEqual(Object.fromEntries(columns.map((column) => [column.name, duckTypes[column.type]])));
  });

  test.each(questions)('answers $name', async ({ sql }) => {
    const { rows } = await embedded.engine.query(sql, ["'c-1'", "'2026-01-01'", "'2026-12-31'"]);
    expect(rows.length).toBeGreaterThan(0);
    // Each value is bound: what would end the text is only text.
    const injected = await embedded.engine.query(sql, ["'c-1'' OR ''1'' = ''1'", "'2026-01-01'", "'2026-12-31'"]);
    expect(injected.rows).toEqual([]);
  });
});
