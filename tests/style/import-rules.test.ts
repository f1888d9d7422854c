/** Do the rules of who may import whom bite? Each is planted in a copy of the tree's shape and must be reported. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FUNCTIONS } from '../../infra/build.ts';

const cases: [file: string, from: string, isAllowed: boolean][] = [
  ['shared/kpis/planted.ts', '../../functions/http.ts', false],
  ['shared/kpis/planted-client.ts', '@aws-sdk/client-s3', false],
  ['shared/store/planted.ts', '@aws-sdk/client-dynamodb', true],
  ['shared/jobs/planted.ts', '@aws-sdk/client-lambda', true],
  ['shared/mail/planted.ts', '@aws-sdk/client-sesv2', true],
  ['shared/mail/planted-local.ts', '../../local/main.ts', false],
  ['shared/exports/planted.ts', '@aws-sdk/client-s3', false],
  ['shared/exports/items/planted.ts', '@aws-sdk/client-dynamodb', true],
  ['functions/export/planted.ts', '../request-export/desk.ts', false],
  ['functions/request-export/planted.ts', '../export/handler.ts', false],
  ['functions/request-export/routes/planted.ts', '../../report/reader.ts', false],
  ['functions/request-export/routes/planted-wrapper.ts', '../../../shared/exports/run.ts', true],
  ['shared/store/planted-local.ts', '../../local/main.ts', false],
  ['functions/report/planted.ts', '../collect-events/handler.ts', false],
  ['functions/report/planted-wrapper.ts', '../http.ts', true],
  ['functions/aggregate/planted.ts', '@aws-sdk/client-kinesis', false],
  ['infra/planted.ts', '../functions/http.ts', false],
  ['local/planted.ts', '../tests/make/order.ts', false],
  ['samples/planted.ts', '../tests/make/order.ts', false],
  ['commands/planted.ts', '@aws-sdk/client-athena', false],
  ['web/kpi-dashboard/planted.ts', '../../shared/store/table.ts', false],
  ['web/kpi-dashboard/planted-sources.ts', '../../shared/sources/post/post-events.ts', false],
  ['web/kpi-dashboard/planted-events.ts', '../../shared/events/parse.ts', false],
  ['web/kpi-dashboard/planted-server.ts', '../../functions/http.ts', false],
  ['web/kpi-dashboard/planted-kpis.ts', '../../shared/kpis/kpi-dashboards.ts', true],
  // Every function is known to the rule: each is imported by the one after it.
  ...FUNCTIONS.map((name, i): [string, string, boolean] => [
    `functions/${FUNCTIONS[(i + 1) % FUNCTIONS.length]}/planted-next.ts`,
    `../${name}/handler.ts`,
    false,
  ]),
];

describe('who may import whom', () => {
  const folder = mkdtempSync(join(tmpdir(), 'import-rules-'));
  let report = '';

  beforeAll(() => {
    const config = JSON.parse(readFileSync('biome.json', 'utf8'));
    writeFileSync(join(folder, 'biome.json'), JSON.stringify({ ...config, $schema: undefined, vcs: { enabled: false } }));
    for (const [file, from] of cases) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), `import { thing } from '${from}';\n\nexport const used = thing;\n`);
    }
    const biome = join(process.cwd(), 'node_modules/@biomejs/biome/bin/biome');
    try {
      report = execFileSync(process.execPath, [biome, 'lint', '--reporter=json', '--max-diagnostics=none', '.'], {
        cwd: folder,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      });
    } catch (error) {
      report = String((error as { stdout?: string }).stdout);
    }
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(cases)('%s importing %s: allowed %s', (file, _from, isAllowed) => {
    const found = (
      JSON.parse(report).diagnostics as { category: string; location: { path: string | { file: string } } }[]
    ).filter(
      ({ category, location }) => category === 'lint/style/noRestrictedImports' && JSON.stringify(location.path).includes(file),
    );
    expect(found.length > 0).toBe(!isAllowed);
  });
});
