/** Does the embedded runtime read a synthesized template as CloudFormation would? */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how CloudFormation writes substitutions.
import { describe, expect, test } from 'vitest';
import { localNaming } from '../../local/naming.ts';
import { makeResolver, type Stack } from '../../local/template.ts';

const data: Stack = {
  name: 'Data',
  assets: new Map(),
  template: {
    Resources: {
      KpiTable: { Type: 'AWS::DynamoDB::Table', Properties: {} },
      Named: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'mine' } },
      LakeBucket: { Type: 'AWS::S3::Bucket' },
      Events: { Type: 'AWS::Kinesis::Stream' },
      Odd: { Type: 'AWS::Odd::Thing' },
    },
    Outputs: { Shared: { Value: { Ref: 'KpiTable' }, Export: { Name: { 'Fn::Sub': '${AWS::StackName}:Table' } } } },
    Conditions: {
      IsHere: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] },
      IsElsewhere: { 'Fn::Not': [{ Condition: 'IsHere' }] },
    },
    Parameters: { Size: { Default: 7 } },
    Mappings: { Zones: { 'us-east-1': { zone: 'a' } } },
  },
};
const service: Stack = { name: 'Service', assets: new Map(), template: { Resources: {} } };
const resolve = makeResolver([data, service], localNaming);

describe('values of a template', () => {
  test.each([
    ['a reference to a resource is its physical name', { Ref: 'KpiTable' }, 'Data-KpiTable'],
    ['a name given in the template is kept', { Ref: 'Named' }, 'mine'],
    ['a bucket’s name is lower case', { Ref: 'LakeBucket' }, 'data-lakebucket'],
    ['a parameter is its default', { Ref: 'Size' }, 7],
    ['a pseudo parameter has its local value', { Ref: 'AWS::Region' }, 'us-east-1'],
    ['an attribute is an ARN', { 'Fn::GetAtt': ['Events', 'Arn'] }, 'arn:aws:kinesis:us-east-1:000000000000:stream/Data-Events'],
    [
      'an attribute may be written with a dot',
      { 'Fn::GetAtt': 'KpiTable.Arn' },
      'arn:aws:dynamodb:us-east-1:000000000000:table/Data-KpiTable',
    ],
    ['a join joins what it refers to', { 'Fn::Join': ['/', ['a', { Ref: 'Named' }]] }, 'a/mine'],
    [
      'a substitution fills names, attributes and its own variables',
      { 'Fn::Sub': ['${Named} ${Events.Arn} ${x}', { x: { Ref: 'Size' } }] },
      'mine arn:aws:kinesis:us-east-1:000000000000:stream/Data-Events 7',
    ],
    ['an escaped substitution stays text', { 'Fn::Sub': '${!Named}' }, '${Named}'],
    ['a plain string that looks like a substitution stays text', 's3://lake/dt=${dt}', 's3://lake/dt=${dt}'],
    ['a condition that holds takes the first branch', { 'Fn::If': ['IsHere', 1, 2] }, 1],
    ['a condition that does not hold takes the second', { 'Fn::If': ['IsElsewhere', 1, 2] }, 2],
    ['a split can be selected from', { 'Fn::Select': [1, { 'Fn::Split': [':', 'a:b'] }] }, 'b'],
    ['a mapping is looked up', { 'Fn::FindInMap': ['Zones', { Ref: 'AWS::Region' }, 'zone'] }, 'a'],
    ['a property without a value is left out', { a: { Ref: 'AWS::NoValue' }, b: [1, { Ref: 'AWS::NoValue' }] }, { b: [1] }],
    [
      'an object that is no intrinsic is walked',
      { Statement: [{ Resource: { Ref: 'Named' } }] },
      { Statement: [{ Resource: 'mine' }] },
    ],
  ])('%s', (_sentence, value, expected) => {
    expect(resolve(data, value)).toEqual(expected);
  });

  test('an export of one stack is a value in another', () => {
    expect(resolve(service, { 'Fn::ImportValue': 'Data:Table' })).toBe('Data-KpiTable');
  });

  test.each([
    ['an intrinsic it does not know', { 'Fn::Cidr': ['10.0.0.0/16'] }, /Data uses Fn::Cidr/],
    ['a name that is nowhere', { Ref: 'Nothing' }, /Data refers to Nothing/],
    ['an attribute it cannot make up', { 'Fn::GetAtt': ['Odd', 'Colour'] }, /Odd\.Colour/],
    ['an import nobody exports', { 'Fn::ImportValue': 'x' }, /No stack exports x/],
  ])('%s is refused by name', (_sentence, value, message) => {
    expect(() => resolve(data, value)).toThrow(message);
  });

  test('a name too long for its service is cut and stays apart from others', () => {
    const long = (end: string): Stack => ({
      name: 'S',
      assets: new Map(),
      template: { Resources: { [`${'x'.repeat(80)}${end}`]: { Type: 'AWS::S3::Bucket' } } },
    });
    const [a, b] = ['a', 'b'].map(
      (end) => makeResolver([], localNaming)(long(end), { Ref: `${'x'.repeat(80)}${end}` }) as string,
    );
    expect(a).toHaveLength(63);
    expect(a).not.toBe(b);
  });
});
