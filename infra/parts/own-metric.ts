/** What do functions say about their work, beside what Lambda measures? */
import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';

/** A count that functions write into their logs (embedded metric format, functions/metric.ts), summed over five minutes. */
export const ownMetric = (metricName: string): Metric =>
  new Metric({ namespace: 'CreatorAnalytics', metricName, statistic: 'Sum', period: Duration.minutes(5) });
