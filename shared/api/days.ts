/** Which days can a report be asked for? In order, and no more years than others answer. */
import * as z from 'zod';
import { latestWith, mostYears } from '../most-years.ts';
import { day } from './kpis.ts';

/** Parameters of a report over days, beside others of its own. */
export const daysQuery = <Shape extends z.ZodRawShape>(more: Shape) =>
  z
    .strictObject({
      from: day.describe('first day, in the creator’s zone'),
      to: day.describe('last day, included'),
      ...more,
    })
    .superRefine((query, context) => {
      const { from, to } = query as { from: string; to: string };
      const refuse = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
      if (from > to) refuse('from', `is after to: give the earlier day first (from=${to}&to=${from})`);
      else if (to > latestWith(from))
        refuse('to', `is more than ${mostYears} years from the first day; ask for ${latestWith(from)} at most`);
    });
