/** Does the first command of a deployment, `npx cdk bootstrap`, work where nothing was built yet? As far as it goes without an account. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');
/** What a clone does not have. */
const made = ['.build', '.data', '.git', 'cdk.out', 'node_modules'];

/** The sources alone, beside the packages that `npm ci` brings. */
function clone(): string {
  const folder = mkdtempSync(join(tmpdir(), 'clone-'));
  for (const name of readdirSync(ROOT).filter((each) => !made.includes(each)))
    cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

/** Runs the CDK as npx does: the packages' programs first on the path, and nothing else known. */
function cdk(folder: string, ...args: string[]) {
  const home = join(folder, 'home');
  mkdirSync(home, { recursive: true });
  return spawnSync(process.execPath, [join(folder, 'node_modules', 'aws-cdk', 'bin', 'cdk'), ...args, '--no-notices'], {
    cwd: folder,
    env: {
      HOME: home,
      PATH: `${join(folder, 'node_modules', '.bin')}:${process.env.PATH}`,
      AWS_REGION: 'eu-west-1',
      AWS_EC2_METADATA_DISABLED: 'true',
      CDK_DISABLE_CLI_TELEMETRY: 'true',
    },
    encoding: 'utf8',
  });
}

describe('in a fresh clone', () => {
  const folder = clone();
  // The packages are a link: it goes, they stay.
  afterAll(() => rmSync(folder, { recursive: true }));

  it('cdk ls builds what it needs and names the stacks', () => {
    const { stdout, stderr, status } = cdk(folder, 'ls');
    expect([status, stderr]).toEqual([0, expect.not.stringContaining('Error')]);
    expect(stdout.trim().split('\n')).toEqual(['Data', 'Lake', 'Service', 'Web'].map((part) => `CreatorAnalytics${part}`));
    expect(existsSync(join(folder, '.build', 'functions', 'aggregate', 'index.mjs'))).toBe(true);
  });

  it('cdk bootstrap gets as far as asking which account', () => {
    const { stderr, status } = cdk(folder, 'bootstrap');
    expect(status).toBe(1);
    expect(stderr).toContain('Unable to resolve AWS account');
    expect(stderr).not.toContain('There is no bundle');
  });

  it('cdk bootstrap shows its own template', () =>
    expect(cdk(folder, 'bootstrap', '--show-template').stdout).toContain('FileAssetsBucket'));
});
