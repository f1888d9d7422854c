/** How does a test get at the synthesized stacks, without waiting for the bundler? */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { createApp } from '../../infra/app.ts';
import { FUNCTIONS } from '../../infra/build.ts';
import type { ConfigInput } from '../../infra/config.ts';

/** A dashboard that shows nothing. */
function makeDashboard(folder: string): string {
  mkdirSync(join(folder, 'assets'), { recursive: true });
  for (const file of ['index.html', 'theme.js', 'favicon.svg', 'assets/index-1a2b3c4d.js']) writeFileSync(join(folder, file), '');
  return folder;
}

/** The app over bundles that say nothing: templates do not depend on what is in them. The web stack is there where asked for. */
export function makeApp(config: ConfigInput = {}, { hasWeb = false } = {}): App {
  const folder = mkdtempSync(join(tmpdir(), 'stacks-'));
  for (const name of FUNCTIONS) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'index.mjs'), `export const handler = () => '${name}';\n`);
  }
  const web = hasWeb ? { web: makeDashboard(join(folder, 'web')) } : {};
  return createApp({ config, bundles: folder, outdir: join(folder, 'cdk.out'), ...web });
}

/** What is made of a configuration, once: the templates are only read. */
function once<T>(make: (config: ConfigInput) => T): (config?: ConfigInput) => T {
  const made = new Map<string, T>();
  return (config = {}) => {
    const key = JSON.stringify(config);
    const one = made.get(key) ?? make(config);
    made.set(key, one);
    return one;
  };
}

/** The templates of the app. */
export const makeTemplates = once((config): { data: Template; lake: Template; service: Template } => {
  const template = partsOf(makeApp(config), config);
  return { data: template('Data'), lake: template('Lake'), service: template('Service') };
});

/** The template of the web stack, and where its assets lie. */
export const makeWeb = once((config): { web: Template; outdir: string } => {
  const app = makeApp(config, { hasWeb: true });
  return { web: partsOf(app, config)('Web'), outdir: app.outdir };
});

const partsOf = (app: App, config: ConfigInput) => (part: string) =>
  Template.fromStack(app.node.findChild(`${config.name ?? 'CreatorAnalytics'}${part}`) as Stack);

// biome-ignore lint/suspicious/noExplicitAny: a template is untyped JSON, and typing it here would only repeat the assertions
type Properties = Record<string, any>;

/** The properties of every resource of a type, by logical id. */
export function resources(template: Template, type: string): Record<string, Properties> {
  const found = Object.entries(template.findResources(type));
  return Object.fromEntries(found.map(([id, resource]) => [id, resource.Properties ?? {}]));
}

/** The properties of the only resource of a type. */
export function only(template: Template, type: string): Properties {
  const found = Object.values(resources(template, type));
  if (found.length !== 1) throw new Error(`${found.length} of ${type}, not one`);
  return found[0]!;
}

/** The event source mapping of a function, by the part of the stack that has both. */
export function sourceOf(template: Template, part: string): Properties {
  const found = Object.entries(resources(template, 'AWS::Lambda::EventSourceMapping')).filter(([id]) => id.startsWith(part));
  if (found.length !== 1) throw new Error(`${part} has ${found.length} event sources, not one`);
  return found[0]![1];
}
