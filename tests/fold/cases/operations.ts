/** How did the sources fare? */
import { anOperationMinute } from '../../make/snapshots.ts';
import type { Case } from './case.ts';

const day = '2026-03-01';
const failures = [
  { kind: 'timeout', count: 2 },
  { kind: 'refused', count: 1 },
];
const minute = anOperationMinute({ failures });

export const operations: Case[] = [
  {
    kpi: 'sourceRequests',
    says: 'requests of every minute',
    events: [minute, anOperationMinute({ requests: 5 }, { minute: '2026-03-01T14:04Z' })],
    gives: { [day]: 15 },
  },
  {
    kpi: 'sourceRequests',
    says: 'a minute that is replayed by its newest number',
    events: [minute, anOperationMinute({ requests: 12 }, { version: 2 })],
    gives: { [day]: 12 },
  },
  { kpi: 'sourceRequests', says: 'for its source', by: 'source', events: [minute], gives: { [`${day}#tiktok-shop`]: 10 } },
  { kpi: 'sourceFailures', says: 'failures of all kinds', events: [minute], gives: { [day]: 3 } },
  {
    kpi: 'sourceFailures',
    says: 'each kind for itself',
    by: 'failure',
    events: [minute],
    gives: { [`${day}#timeout`]: 2, [`${day}#refused`]: 1 },
  },
  { kpi: 'errorRate', says: 'failures ÷ requests', events: [minute], gives: { [day]: [3, 10] } },
  {
    kpi: 'sourceLag',
    says: 'the lag of each minute',
    events: [anOperationMinute({ lagSeconds: 90 }), anOperationMinute({ lagSeconds: 300 }, { minute: '2026-03-01T14:05Z' })],
    gives: { [day]: [90, 300] },
  },
  {
    kpi: 'sourceLag',
    says: 'a minute without any lag too',
    events: [anOperationMinute({ lagSeconds: 0 })],
    gives: { [day]: [0] },
  },
];
