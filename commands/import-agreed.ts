/** What is the same for every import that is shown and asked about before anything is sent? */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import type { Tally } from '../shared/sources/files/import-report.ts';
import type { Target } from '../shared/sources/post/send-batch.ts';

/** Files themselves, and those of folders; what a spreadsheet leaves beside an open file is none. */
export const filesIn = (paths: string[]): string[] =>
  paths.flatMap((path) =>
    statSync(path).isDirectory()
      ? readdirSync(path)
          .filter((name) => /\.(xlsx|csv)$/i.test(name) && !/^[.~]/.test(name))
          .sort()
          .map((name) => join(path, name))
      : [path],
  );

export const tallies = (counts: Map<string, Tally>): string[] =>
  [...counts].map(([what, { count, examples }]) => `  ${count} × ${what}: ${examples[0]}`);

/** Does the service know the creator? Its profile then stays as it is. */
export async function isKnown(creatorId: string, target: Target): Promise<boolean> {
  const response = await fetch(new URL(`/v1/events/progress?creators=${creatorId}`, target.url()), {
    headers: { authorization: `Bearer ${await target.token({ fresh: false })}` },
    signal: AbortSignal.timeout(30_000),
  });
  if (!response.ok) throw new Error(`The service does not say whether it knows ${creatorId}: ${response.status}`);
  const { creators } = (await response.json()) as { creators: { creatorId: string }[] };
  return creators.some((each) => each.creatorId === creatorId);
}

async function confirm(): Promise<boolean> {
  const asked = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await asked.question('Send this? [y/N] ');
  asked.close();
  return /^y(es)?$/i.test(answer.trim());
}

/** Asks where there is somebody to ask. The code to end with; undefined where everything may be sent. */
export async function agreeOrEnd({
  isDryRun,
  isConfirmed,
  isFlawed,
}: {
  isDryRun: boolean;
  isConfirmed: boolean;
  isFlawed: boolean;
}): Promise<number | undefined> {
  if (isDryRun) {
    console.log('A dry run: nothing was sent.');
    return isFlawed ? 1 : 0;
  }
  if (isConfirmed) return undefined;
  if (!process.stdin.isTTY) {
    console.error('Nothing was sent. Where this is right, call it again with --yes.');
    return 2;
  }
  if (await confirm()) return undefined;
  console.error('Nothing was sent.');
  return 2;
}
