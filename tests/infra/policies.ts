/** What may a part of the stacks do? Read from the policies of its roles. */
import { resources } from './make-stacks.ts';

interface Statement {
  Action: string | string[];
  Resource: unknown;
  Condition?: unknown;
}

/** Statements of the policies of a part, as `action resource`, all or those with or without a condition; logs are everybody's and left out. */
export function statementsOf(template: Parameters<typeof resources>[0], part: string, isConditional?: boolean): string[] {
  const policies = Object.entries(resources(template, 'AWS::IAM::Policy')).filter(([id]) => id.startsWith(part));
  return policies
    .flatMap(([, policy]) => policy.PolicyDocument.Statement as Statement[])
    .filter(({ Condition }) => isConditional === undefined || isConditional === (Condition !== undefined))
    .flatMap(({ Action, Resource }) => [Action].flat().map((action) => `${action} ${JSON.stringify(Resource)}`))
    .filter((line) => !line.startsWith('logs:'));
}

/** The actions among them, sorted, each once. */
export const actionsIn = (lines: string[]): string[] => [...new Set(lines.map((line) => line.split(' ', 1)[0] ?? ''))].sort();
