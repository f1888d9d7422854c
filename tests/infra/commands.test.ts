/** Do build, synth and deploy work on a machine that knows no AWS account? */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FUNCTIONS } from '../../infra/build.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/** Runs a command with a home folder and an environment in which there is nothing. */
function run(file: string, ...args: string[]) {
  const home = mkdtempSync(join(tmpdir(), 'home-'));
  return spawnSync(process.execPath, [join(ROOT, file), ...args], {
    cwd: ROOT,
    env: { HOME: home, PATH: process.env.PATH },
    encoding: 'utf8',
  });
}

describe('synth', () => {
  const output = join(mkdtempSync(join(tmpdir(), 'synth-')), 'cdk.out');
  const { status, stdout, stderr } = run('commands/synth.ts', '--output', output, '-c', 'name=Trial');
  it('writes every template', () => {
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(stdout).toContain('TrialService');
    for (const part of ['Data', 'Lake', 'Service', 'Web'])
      expect(existsSync(join(output, `Trial${part}.template.json`))).toBe(true);
  });
  it('names every bundle in the assets', () => {
    const { files } = JSON.parse(readFileSync(join(output, 'TrialService.assets.json'), 'utf8'));
    const folders = Object.values(files as Record<string, { source: { path: string; packaging: string } }>)
      .filter((file) => file.source.packaging === 'zip')
      .map((file) => join(output, file.source.path));
    expect(folders).toHaveLength(FUNCTIONS.length);
    for (const folder of folders) {
      expect(existsSync(join(folder, 'index.mjs'))).toBe(true);
      expect(existsSync(join(folder, 'index.mjs.map'))).toBe(false);
    }
  });
  it('says what is wrong with a configuration in one line', () => {
    const wrong = run('commands/synth.ts', '--output', output, '-c', 'streamEpok=2');
    expect(wrong.status).toBe(1);
    expect(wrong.stderr.trim().split('\n')).toEqual([expect.stringContaining('streamEpok')]);
  });
  it('explains itself', () => expect(run('commands/synth.ts', '--help').stdout).toContain('npm run synth'));
});

describe('deploy', () => {
  it('says that there are no credentials, and what to do', () => {
    const { status, stderr } = run('commands/deploy.ts');
    expect(status).toBe(1);
    expect(stderr).toContain('No AWS credentials found');
  });
  it('explains itself', () => expect(run('commands/deploy.ts', '--help').stdout).toContain('npm run deploy'));
});
