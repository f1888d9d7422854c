/** How does a report become something that can be exported? By its endpoint, whose query says what can be asked and whose answer the columns. */
import { randomBytes } from 'node:crypto';
import type * as z from 'zod';
import type { Endpoint } from '../api/endpoint.ts';
import type { Scope } from '../reports/scope.ts';
import { type AnswerShape, shapeOf } from './answer-columns.ts';
import { rowsOfAnswer, rowsOfPage } from './answer-rows.ts';
import type { Exportable, Row } from './columns.ts';

export interface ExportableReport {
  endpoint: Endpoint;
  /** The table of a query that its endpoint's schema has read. */
  table(query: unknown, scope: Scope): Exportable;
}

type Query<Declared extends z.ZodObject> = z.infer<Declared>;

/** A report with a table of its own making. */
export const exportable = <Declared extends z.ZodObject>(
  endpoint: Endpoint<Declared>,
  table: (query: Query<Declared>, scope: Scope) => Exportable,
): ExportableReport => ({
  endpoint: endpoint as unknown as Endpoint,
  table: table as ExportableReport['table'],
});

const lastOf = ({ path }: Pick<Endpoint, 'path'>): string => path.split('/').at(-1) ?? '';

/** Named after the report and the days it was asked of. */
function nameOf(endpoint: Pick<Endpoint, 'path'>, query: { [parameter: string]: unknown }): string {
  const days = ['day', 'from', 'to'].map((name) => query[name]).filter((day) => typeof day === 'string');
  return [`${lastOf(endpoint)}-report`, ...days].join('_');
}

const shapes = new WeakMap<z.ZodType, AnswerShape>();

/** Worked out when it is first needed: most who load this only ask which reports there are. */
function shapeFor({ answer }: Pick<Endpoint, 'answer'>, without: string[] = []): AnswerShape {
  if (typeof answer === 'string') throw new Error(`${answer} is no table`);
  const shape = shapes.get(answer) ?? shapeOf(answer, without);
  shapes.set(answer, shape);
  return shape;
}

/** A report that is answered whole. */
export const whole = <Declared extends z.ZodObject>(
  endpoint: Endpoint<Declared>,
  report: (query: Query<Declared>, scope: Scope) => Promise<object>,
): ExportableReport =>
  exportable(endpoint, (query, scope) => {
    async function* rows(): AsyncGenerator<Row> {
      yield* rowsOfAnswer(shapeFor(endpoint), await report(query, scope));
    }
    return { name: nameOf(endpoint, query), columns: shapeFor(endpoint).columns, rows: rows() };
  });

const mostOfAPage = 200;

/** A report that is answered in pages of one list, named as the path ends: the file holds all of them, one after the other. */
export const paged = <Declared extends z.ZodObject>(
  endpoint: Endpoint<Declared>,
  report: (query: Query<Declared>, scope: Scope, cursorKey: string) => Promise<object & { cursor: string | null }>,
): ExportableReport =>
  exportable(endpoint, (query, scope) => {
    const shape = shapeFor(endpoint, ['cursor']);
    const list = lastOf(endpoint);
    async function* rows(): AsyncGenerator<Row> {
      // The cursors of a run are read by that run alone.
      const key = randomBytes(16).toString('hex');
      let page = await report({ ...query, limit: mostOfAPage }, scope, key);
      yield* rowsOfAnswer(shape, page);
      for (let before = mostOfAPage; page.cursor; before += mostOfAPage) {
        page = await report({ ...query, limit: mostOfAPage, cursor: page.cursor }, scope, key);
        yield* rowsOfPage(shape, page, list, before);
      }
    }
    return { name: nameOf(endpoint, query), columns: shape.columns, rows: rows() };
  });
