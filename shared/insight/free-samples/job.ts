/** How are samples computed? What was sent first, then what affiliates sold; a document for each month of sending. */
import type { Job } from '../job.ts';
import { bound } from '../statements.ts';
import { noSamples } from './brought.ts';
import { type SamplesMonth, samplesMonths, samplesReport } from './document.ts';
import { sentSql, soldSql } from './sql.ts';

export const samplesJob: Job = {
  report: samplesReport,
  statements: ({ first }, named) => [
    { sql: sentSql(named.length), values: bound(first, named) },
    { sql: soldSql(named.length), values: bound(first, named) },
  ],
  compute: ([sent = [], sold = []]) => samplesMonths(sent, sold),
  empty: (month): SamplesMonth => ({
    month,
    total: Object.values(noSamples()),
    by: { affiliate: {}, content: {} },
    affiliateOf: {},
  }),
};
