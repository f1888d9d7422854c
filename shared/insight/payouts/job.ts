/** How are payouts computed? From statements and from every order's account; one document, of how it stands now. */
import type { Job } from '../job.ts';
import { bound } from '../statements.ts';
import { noPayouts, payoutsKey, payoutsOf, payoutsReport } from './document.ts';
import { positionsSql, statementsSql } from './sql.ts';

export const payoutsJob: Job = {
  report: payoutsReport,
  statements: ({ first }, named) => [
    { sql: statementsSql(named.length), values: bound(first, named) },
    { sql: positionsSql(named.length), values: bound(first, named) },
  ],
  compute: ([statements = [], positions = []], { first }) => new Map([[payoutsKey, payoutsOf(statements, positions, first)]]),
  empty: () => noPayouts(''),
};
