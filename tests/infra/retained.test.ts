/** What is left behind by a first deployment that fails, and what by a stack that is deleted? */
import { describe, expect, it } from 'vitest';
import { makeTemplates, makeWeb } from './make-stacks.ts';

const templates = { ...makeTemplates({ customerKey: true }), web: makeWeb({ customerKey: true }).web };
interface Resource {
  Type: string;
  Properties?: Record<string, unknown>;
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
  DependsOn?: string[];
}
const all = Object.entries(templates).flatMap(([stack, template]) =>
  Object.entries(template.toJSON().Resources as Record<string, Resource>).map(
    ([id, resource]) => [`${stack} ${id}`, resource] as const,
  ),
);
const kept = all.filter(([, { DeletionPolicy = 'Delete' }]) => DeletionPolicy !== 'Delete');

describe('what is kept', () => {
  it('is there', () => expect(kept.length).toBeGreaterThan(20));
  it.each(kept)('%s goes with a first deployment that fails, and with nothing else', (_, resource) =>
    expect(resource).toMatchObject({ DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' }),
  );
  it('is everything with data in it', () => {
    const types = [
      'AWS::DynamoDB::Table',
      'AWS::Kinesis::Stream',
      'AWS::S3::Bucket',
      'AWS::Cognito::UserPool',
      'AWS::SQS::Queue',
    ];
    const withData = all.filter(([, { Type }]) => types.includes(Type)).map(([id]) => id);
    expect(kept.map(([id]) => id)).toEqual(expect.arrayContaining(withData));
  });
});

describe('what refuses to be deleted', () => {
  const isProtected = ({ Properties = {} }: Resource) =>
    Properties.DeletionProtectionEnabled === true || Properties.DeletionProtection === 'ACTIVE';

  it('is the table alone, before anyone has asked for more', () =>
    expect(all.filter(([, resource]) => isProtected(resource)).map(([id]) => id)).toEqual(['data KpiTable']));
  it('is made last, when nothing else of its stack can fail any more but what watches it', () => {
    const resources = templates.data.toJSON().Resources as Record<string, Resource>;
    const { DependsOn = [] } = resources.KpiTable ?? {};
    for (const type of ['AWS::Kinesis::Stream', 'AWS::S3::Bucket', 'AWS::SQS::Queue'])
      for (const id of Object.keys(templates.data.findResources(type))) expect(DependsOn).toContain(id);
  });
});

describe('of a trial', () => {
  it('nothing is kept', () => {
    for (const template of Object.values(makeTemplates({ removal: 'destroy' })))
      for (const resource of Object.values(template.toJSON().Resources as Record<string, Resource>))
        expect(resource.DeletionPolicy ?? 'Delete').toBe('Delete');
  });
});
