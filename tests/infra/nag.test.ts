/** Would AWS's own reviewers find something? */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type App, Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { describe, expect, it } from 'vitest';
import type { ConfigInput } from '../../infra/config.ts';
import { addNag } from '../../infra/nag.ts';
import { makeApp } from './make-stacks.ts';

const everything: ConfigInput = {
  name: 'Trial',
  customerKey: true,
  tracing: true,
  streamMode: 'on-demand',
  streamEpoch: 2,
  accountConcurrency: 1000,
  protectUsers: true,
  removal: 'destroy',
  alarmEmail: 'owner@example.com',
  mailFrom: 'files@example.com',
  corsOrigins: ['https://shop.example.com'],
  dashboardDomain: 'numbers.example.com',
  dashboardCertificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/1',
};

/** Synthesizes under the rules, as a deployment does, and gives the names of those that were broken. */
function review(app: App): { isStopped: boolean; broken: string[] } {
  addNag(app);
  let isStopped = false;
  try {
    app.synth();
  } catch {
    isStopped = true;
  }
  const report = JSON.parse(readFileSync(join(app.outdir, 'validation-report.json'), 'utf8'));
  const plugins = report.pluginReports as { violations: { ruleName: string }[] }[];
  return { isStopped, broken: plugins.flatMap((plugin) => plugin.violations.map((violation) => violation.ruleName)) };
}

describe('the AwsSolutions rules', () => {
  it.each([
    ['by default', {}],
    ['with every option on', everything],
  ])('find nothing %s', (_, config) => {
    expect(review(makeApp(config, { hasWeb: true }))).toEqual({ isStopped: false, broken: [] });
  });

  it('find a bucket without access log and TLS, and stop the synthesis', () => {
    const app = makeApp();
    new Bucket(new Stack(app, 'Planted'), 'Careless');
    expect(review(app)).toEqual({ isStopped: true, broken: ['AwsSolutions-S1', 'AwsSolutions-S10'] });
  });

  it('find a topic planted into one of our own stacks', () => {
    const app = makeApp();
    new Topic(app.node.findChild('CreatorAnalyticsData'), 'Careless');
    expect(review(app)).toEqual({ isStopped: true, broken: ['AwsSolutions-SNS3'] });
  });
});
