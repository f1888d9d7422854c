/** Is every metric of ours that an alarm waits for told by some function, and every one that is told waited for? */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeTemplates, resources } from './make-stacks.ts';

const FUNCTIONS = join(import.meta.dirname, '..', '..', 'functions');
const sources = readdirSync(FUNCTIONS, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
const told = sources.flatMap((file) =>
  [...readFileSync(join(FUNCTIONS, file), 'utf8').matchAll(/\bmetric\('(\w+)'/g)].map(([, name]) => name),
);
const waitedFor = (name: string) => {
  const { data, service } = makeTemplates({ name });
  return [data, service]
    .flatMap((template) => Object.values(resources(template, 'AWS::CloudWatch::Alarm')))
    .filter(({ Namespace }) => Namespace && !Namespace.startsWith('AWS/'))
    .map(({ Namespace, MetricName }) => `${Namespace} ${MetricName}`);
};

it('each is told and waited for', () =>
  expect(new Set(waitedFor('CreatorAnalytics'))).toEqual(new Set(told.map((metric) => `CreatorAnalytics ${metric}`))));

it('two deployments in one account do not hear each other’s', () => {
  expect(waitedFor('Trial').every((metric) => metric.startsWith('Trial '))).toBe(true);
  const names = Object.values(resources(makeTemplates({ name: 'Trial' }).service, 'AWS::Lambda::Function')).map(
    ({ Environment }) => Environment.Variables.METRICS_NAMESPACE,
  );
  expect(new Set(names)).toEqual(new Set(['Trial']));
});
