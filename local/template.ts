/** What do the synthesized stacks say, once every reference in them has a value? */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Resource {
  Type: string;
  Properties?: Record<string, unknown>;
}

interface Template {
  Resources?: Record<string, Resource>;
  Outputs?: Record<string, { Value: unknown; Export?: { Name: unknown } }>;
  Conditions?: Record<string, unknown>;
  Parameters?: Record<string, { Default?: unknown }>;
  Mappings?: Record<string, Record<string, Record<string, unknown>>>;
}

export interface Stack {
  name: string;
  template: Template;
  /** Folder or file of each asset, by its hash. */
  assets: Map<string, string>;
}

/** What `Ref` gives for a resource (its physical name), and what `Fn::GetAtt` gives. */
export interface Naming {
  region: string;
  account: string;
  ref(stack: Stack, id: string, resource: Resource): string;
  attribute(stack: Stack, id: string, resource: Resource, attribute: string): unknown;
}

/** Reads every stack of a synthesized CDK app (`cdk.out`). */
export function readStacks(outDir: string): Stack[] {
  const file = join(outDir, 'manifest.json');
  if (!existsSync(file)) throw new Error(`There is no synthesized app at ${outDir}: run npm run synth.`);
  const { artifacts = {} } = JSON.parse(readFileSync(file, 'utf8')) as { artifacts?: Record<string, Artifact> };
  return Object.entries(artifacts)
    .filter(([, artifact]) => artifact.type === 'aws:cloudformation:stack')
    .map(([id, artifact]) => ({
      name: artifact.properties?.stackName ?? id,
      template: JSON.parse(
        readFileSync(join(outDir, artifact.properties?.templateFile ?? `${id}.template.json`), 'utf8'),
      ) as Template,
      assets: readAssets(outDir, join(outDir, `${id}.assets.json`)),
    }));
}

interface Artifact {
  type: string;
  properties?: { templateFile?: string; stackName?: string };
}

function readAssets(outDir: string, file: string): Map<string, string> {
  if (!existsSync(file)) return new Map();
  const { files = {} } = JSON.parse(readFileSync(file, 'utf8')) as { files?: Record<string, { source: { path?: string } }> };
  return new Map(Object.entries(files).flatMap(([hash, { source }]) => (source.path ? [[hash, join(outDir, source.path)]] : [])));
}

/** `AWS::NoValue`: the property it stands for is left out. */
const NO_VALUE = Symbol('AWS::NoValue');

/** Makes a function that replaces every intrinsic in a value of a stack. Throws on an intrinsic it does not know. */
export function makeResolver(stacks: Stack[], naming: Naming): (stack: Stack, value: unknown) => unknown {
  const intrinsics: Record<string, (stack: Stack, argument: unknown) => unknown> = {
    Ref: (stack, name) => ref(stack, String(name)),
    'Fn::GetAtt': (stack, path) => getAttribute(stack, typeof path === 'string' ? path.split('.') : (path as string[])),
    'Fn::Join': (stack, argument) => {
      const [separator, parts] = resolve(stack, argument) as [string, unknown[]];
      return parts.join(separator);
    },
    'Fn::Sub': (stack, argument) => substitute(stack, argument),
    'Fn::If': (stack, argument) => {
      const [condition, then, otherwise] = argument as [string, unknown, unknown];
      return resolve(stack, holds(stack, condition) ? then : otherwise);
    },
    'Fn::ImportValue': (stack, name) => importValue(String(resolve(stack, name))),
    'Fn::Select': (stack, argument) => {
      const [index, list] = resolve(stack, argument) as [number | string, unknown[]];
      return list[Number(index)];
    },
    'Fn::Split': (stack, argument) => {
      const [separator, text] = resolve(stack, argument) as [string, string];
      return text.split(separator);
    },
    'Fn::FindInMap': (stack, argument) => {
      const [map, first, second] = resolve(stack, argument) as [string, string, string];
      return stack.template.Mappings?.[map]?.[first]?.[second];
    },
  };

  function resolve(stack: Stack, value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => resolve(stack, item)).filter((item) => item !== NO_VALUE);
    if (value === null || typeof value !== 'object') return value;
    const entries = Object.entries(value);
    const [name, argument] = entries[0] ?? [];
    if (entries.length === 1 && name && (name === 'Ref' || name === 'Condition' || name.startsWith('Fn::'))) {
      const intrinsic = Object.hasOwn(intrinsics, name) ? intrinsics[name] : undefined;
      if (intrinsic) return intrinsic(stack, argument);
      if (name !== 'Condition')
        throw new Error(`${stack.name} uses ${name}, which the embedded runtime does not know: add it to local/template.ts.`);
    }
    const resolved = entries.map(([key, item]) => [key, resolve(stack, item)] as const);
    return Object.fromEntries(resolved.filter(([, item]) => item !== NO_VALUE));
  }

  function ref(stack: Stack, name: string): unknown {
    const pseudo = pseudoParameters(stack, naming);
    if (Object.hasOwn(pseudo, name)) return pseudo[name];
    const parameter = stack.template.Parameters?.[name];
    if (parameter) return parameter.Default;
    return naming.ref(stack, name, find(stack, name));
  }

  function getAttribute(stack: Stack, [id = '', ...rest]: string[]): unknown {
    return naming.attribute(stack, id, find(stack, id), rest.join('.'));
  }

  // TRICKY: `${!name}` is text, and so is a plain string that only looks like a substitution (Glue's `${dt}`).
  function substitute(stack: Stack, argument: unknown): string {
    const [text, variables] = (Array.isArray(argument) ? argument : [argument, {}]) as [string, Record<string, unknown>];
    return text.replace(/\$\{([^}]+)\}/g, (_, name: string) => {
      if (name.startsWith('!')) return `\${${name.slice(1)}}`;
      if (Object.hasOwn(variables, name)) return String(resolve(stack, variables[name]));
      return String(name.includes('.') ? getAttribute(stack, name.split('.')) : ref(stack, name));
    });
  }

  function importValue(name: string): unknown {
    for (const stack of stacks) {
      for (const output of Object.values(stack.template.Outputs ?? {})) {
        if (output.Export && resolve(stack, output.Export.Name) === name) return resolve(stack, output.Value);
      }
    }
    throw new Error(`No stack exports ${name}.`);
  }

  function holds(stack: Stack, name: string): boolean {
    const condition = stack.template.Conditions?.[name];
    if (condition === undefined) throw new Error(`${stack.name} has no condition ${name}.`);
    return evaluate(stack, condition);
  }

  function evaluate(stack: Stack, condition: unknown): boolean {
    const [name = '', argument] = Object.entries(condition as Record<string, unknown>)[0] ?? [];
    const list = argument as unknown[];
    if (name === 'Condition') return holds(stack, String(argument));
    if (name === 'Fn::Not') return !evaluate(stack, list[0]);
    if (name === 'Fn::And') return list.every((part) => evaluate(stack, part));
    if (name === 'Fn::Or') return list.some((part) => evaluate(stack, part));
    if (name === 'Fn::Equals') return resolve(stack, list[0]) === resolve(stack, list[1]);
    throw new Error(`${stack.name} uses ${name} in a condition, which the embedded runtime does not know.`);
  }

  return resolve;
}

function find(stack: Stack, id: string): Resource {
  const resource = stack.template.Resources?.[id];
  if (!resource) throw new Error(`${stack.name} refers to ${id}, which is neither a resource nor a parameter of it.`);
  return resource;
}

function pseudoParameters(stack: Stack, { region, account }: Naming): Record<string, unknown> {
  return {
    'AWS::Region': region,
    'AWS::AccountId': account,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': stack.name,
    'AWS::StackId': `arn:aws:cloudformation:${region}:${account}:stack/${stack.name}/local`,
    'AWS::NotificationARNs': [],
    'AWS::NoValue': NO_VALUE,
  };
}
