/** What can befall a call to S3? It fails before or after it took effect, the process dies there, or the call lands much later. */
import type { Lake } from '../../shared/lake/store.ts';

export class Killed extends Error {}

export type FateKind = 'fails' | 'answer is lost' | 'dies before' | 'dies after' | 'is late';
export const fateKinds: readonly FateKind[] = ['fails', 'answer is lost', 'dies before', 'dies after', 'is late'];

export interface Fate {
  kind: FateKind;
  /** Which call it befalls, from 1. */
  call: number;
}

export interface Invocation {
  lake: Lake;
  calls(): number;
  /** Has its fate befallen it? One that makes fewer calls escapes. */
  isHit(): boolean;
  /** Settles when a call of it is late: whoever waits for it gives it up. */
  late: Promise<'late'>;
  /** Lets the late call land; the invocation runs on. */
  release(): void;
}

/** The lake as one invocation with this fate sees it. */
export function invocationOf(lake: Lake, fate?: Fate): Invocation {
  let calls = 0;
  let isDead = false;
  let isHit = false;
  let release = (): void => {};
  let tellLate = (_: 'late'): void => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const late = new Promise<'late'>((resolve) => {
    tellLate = resolve;
  });
  const send = async (command: never): Promise<unknown> => {
    if (isDead) throw new Killed('the process is dead');
    const isIt = ++calls === fate?.call;
    if (!isIt) return lake.send(command);
    isHit = true;
    if (fate.kind === 'is late') {
      tellLate('late');
      await released;
      return lake.send(command);
    }
    isDead = fate.kind.startsWith('dies');
    if (fate.kind === 'answer is lost' || fate.kind === 'dies after') await lake.send(command);
    throw new Killed(fate.kind);
  };
  return {
    lake: { bucket: lake.bucket, send: send as unknown as Lake['send'] },
    calls: () => calls,
    isHit: () => isHit,
    late,
    release,
  };
}
