/** `npm run generate`: do registries, pages and schemas say what the declarations say? Writes them, or with --check names the stale ones. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { otherFiles, pathOf, readFile, registryFiles } from './generate/files.ts';

const HELP = `Writes what follows from the declarations of events, KPIs and lake:
the registries shared/kpis/topics.ts, shared/api/endpoints.ts and functions/*/routes.ts and, in
docs/01-specifications, kpis.md, events.md, lake.md, definitions.json and schemas/.

  npm run generate -- [flags]

      --check        write nothing; fail and name the files that are stale
      --unreleased   the newest definitions version was never deployed: it may still change its meaning
  -h, --help         this text`;

const { values: flags } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    unreleased: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

if (flags.help) {
  console.log(HELP);
} else {
  await generate().catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}

/** Writes a file that differs, or with --check says so; answers whether it did. */
function put(file: string, text: string): boolean {
  if (readFile(file) === text) return false;
  if (!flags.check) {
    mkdirSync(dirname(pathOf(file)), { recursive: true });
    writeFileSync(pathOf(file), text);
  }
  console.log(`${flags.check ? 'stale' : 'written'}  ${file}`);
  return true;
}

async function generate(): Promise<void> {
  const stale = registryFiles().filter(([file, text]) => put(file, text));
  if (stale.length && flags.check) throw new Error('Run: npm run generate');
  const differing = [...(await otherFiles(flags.unreleased))].filter(([file, text]) => put(file, text));
  if (flags.check && differing.length) throw new Error('Run: npm run generate');
  if (!stale.length && !differing.length) console.log('everything generated is up to date');
}
