/** What are the lake's things called? Names rather than references: the service stack needs nothing of the lake stack to be deployed. */
import type { Config } from '../config.ts';

export interface LakeNames {
  database: string;
  /** Workgroup of our own functions and commands. */
  jobs: string;
  /** Workgroup of people, with a limit on what a query may scan. */
  analysts: string;
}

/** CreatorAnalytics: database creator_analytics, workgroups creator-analytics-jobs and creator-analytics-analysts. */
export function lakeNames({ name }: Config): LakeNames {
  const words = name.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase();
  return { database: words.replaceAll('-', '_'), jobs: `${words}-jobs`, analysts: `${words}-analysts` };
}

/** Where in the results bucket a workgroup's answers lie. */
export const answersOf = (workGroup: 'jobs' | 'analysts'): string => `athena/${workGroup}`;
