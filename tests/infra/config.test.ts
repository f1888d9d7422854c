/** Is a wrong configuration refused before anything is deployed? */
import { App } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { makeConfig, readConfig } from '../../infra/config.ts';

describe('the configuration', () => {
  it('is complete when nothing is said', () => {
    expect(makeConfig()).toMatchObject({
      streamMode: 'provisioned',
      streamShards: 1,
      streamEpoch: 1,
      customerKey: false,
      removal: 'retain',
    });
  });
  it('reads the words of a command line', () => {
    const context = {
      streamEpoch: '2',
      customerKey: 'true',
      tracing: 'false',
      corsOrigins: 'https://a.example.com, https://b.example.com',
    };
    expect(readConfig(new App({ context }).node)).toMatchObject({
      streamEpoch: 2,
      customerKey: true,
      tracing: false,
      corsOrigins: ['https://a.example.com', 'https://b.example.com'],
    });
  });
  it.each([
    ['a misspelt key', { streamEpok: 2 }, /streamEpok/],
    ['a retention that CloudWatch does not have', { logRetentionDays: 31 }, /logRetentionDays: one of/],
    ['a stream that is drained while it is written', { streamEpoch: 2, drainedEpoch: 2 }, /drainedEpoch/],
    ['a stream that leaves before it is drained', { streamEpoch: 3, drainedEpoch: 1, removedEpoch: 2 }, /removedEpoch/],
    ['a domain without its certificate', { dashboardDomain: 'numbers.example.com' }, /dashboardCertificateArn/],
    ['a certificate of another Region', { dashboardCertificateArn: 'arn:aws:acm:eu-west-1:1:certificate/1' }, /us-east-1/],
    ['a sender that is no plain address', { mailFrom: 'Shop <a@example.com>' }, /mailFrom/],
    ['an identity that is not the sender’s', { mailFrom: 'a@example.com', mailIdentity: 'ample.com' }, /mailIdentity/],
    ['an identity without a sender', { mailIdentity: 'example.com' }, /mailIdentity/],
    ['a name that no stack may have', { name: 'my-shop' }, /name/],
  ])('refuses %s', (_, context, message) => {
    expect(() => readConfig(new App({ context }).node)).toThrow(message);
  });
});
