/** How do the sources fare? Requests, failures and lag of the systems that data comes from. */
import { distribution, measure, ratio, topic } from './language.ts';

// biome-ignore format: a KPI reads as an entry of the dictionary
export const operations = topic({
  name: 'operations',
  title: 'Operations',
  kpis: {
    sourceRequests: measure({
      of: 'operation-minute', at: 'minute', add: 'requests', by: ['source'],
      title: 'Requests to data sources', unit: 'count', better: 'neither', basis: 'minute', source: 'Creator Analytics',
      formula: 'Σ requests made',
    }),
    sourceFailures: measure({
      of: 'operation-minute', at: 'minute', add: 'failures.count', by: ['source', 'failure'],
      title: 'Failed requests', unit: 'count', better: 'down', basis: 'minute', source: 'Creator Analytics',
      formula: 'Σ requests that failed',
    }),
    errorRate: ratio('sourceFailures', 'sourceRequests', {
      title: 'Share of failed requests', better: 'down', basis: 'minute', source: 'Creator Analytics',
      formula: 'failed requests ÷ requests',
    }),
    sourceLag: distribution({
      of: 'operation-minute', at: 'minute', value: 'lagSeconds',
      title: 'Age of the data', unit: 'seconds', better: 'down', basis: 'minute', source: 'Creator Analytics',
      formula: 'age of the newest data a source had delivered, minute by minute: p50, p90 and n',
    }),
  },
});
