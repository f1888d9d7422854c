/** What do functions say about their work, beside what Lambda measures? */
import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Config } from '../config.ts';

/**
 * A count that functions write into their logs (embedded metric format, functions/metric.ts), summed over five minutes. The namespace
 * is the deployment's name: two of them in one account do not set off each other's alarms.
 */
export const customMetric = ({ name: namespace }: Config, metricName: string): Metric =>
  new Metric({ namespace, metricName, statistic: 'Sum', period: Duration.minutes(5) });
