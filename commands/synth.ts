/** `npm run synth`: what would be deployed? Writes the templates to cdk.out; needs no AWS account and no network. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import cdkJson from '../cdk.json' with { type: 'json' };
import { createApp } from '../infra/app.ts';
import { buildFunctions } from '../infra/build.ts';
import { buildWeb } from '../infra/build-web.ts';

const HELP = `Bundles the functions, builds the dashboard and writes the CloudFormation templates.

  npm run synth -- [flags]

  -c, --context key=value   configuration, as often as needed (keys and defaults: infra/config.ts)
  -o, --output folder       where the templates go (default: cdk.out)
      --nag                 also check them against the AwsSolutions rules; a finding is an error
  -h, --help                this text`;

const { values: flags } = parseArgs({
  options: {
    context: { type: 'string', short: 'c', multiple: true, default: [] },
    output: { type: 'string', short: 'o', default: join(import.meta.dirname, '..', cdkJson.output) },
    nag: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

if (flags.help) {
  console.log(HELP);
} else {
  await synthesize().catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}

async function synthesize(): Promise<void> {
  const start = performance.now();
  for (const { name, bytes } of await buildFunctions()) {
    console.log(`bundle    ${name.padEnd(28)} ${(bytes / 1000).toFixed(1).padStart(8)} kB`);
  }
  const web = await buildWeb();
  // What an earlier run left behind would be deployed with it.
  rmSync(flags.output, { recursive: true, force: true });
  const app = createApp({
    context: { ...cdkJson.context, ...readContext(flags.context) },
    outdir: flags.output,
    web,
    isChecked: true,
  });
  if (flags.nag) (await import('../infra/nag.ts')).addNag(app);
  const assembly = app.synth();
  for (const stack of assembly.stacks) {
    const resources = Object.keys(stack.template.Resources).length;
    console.log(`template  ${stack.stackName.padEnd(28)} ${String(resources).padStart(8)} resources`);
  }
  console.log(`${flags.output} written in ${((performance.now() - start) / 1000).toFixed(1)} s`);
}

function readContext(pairs: string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      if (at < 1) throw new Error(`-c takes key=value, not "${pair}".`);
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}
