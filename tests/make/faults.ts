/** What if a call fails? A table whose calls can be made to fail before or after they take effect, or to be changed on the way. */
import type { Table } from '../../shared/store/table.ts';

export class CallFailed extends Error {}

interface AnyCommand {
  constructor: { name: string };
  input: Record<string, unknown>;
}

export interface Watched {
  table: Table;
  /** Names of the commands sent, in order. */
  sent: string[];
}

/** Counts the calls; the `nth` (from 1) fails, having taken effect or not. */
export function withFault(table: Table, nth: number, when: 'before' | 'after'): Watched {
  const sent: string[] = [];
  const send = async (command: AnyCommand) => {
    const isFault = sent.push(command.constructor.name) === nth;
    if (isFault && when === 'before') throw new CallFailed('the call failed');
    const answer = await table.send(command as never);
    if (isFault) throw new CallFailed('the answer was lost');
    return answer;
  };
  return { table: { name: table.name, send: send as unknown as Table['send'] }, sent };
}

/** Every command of these names is changed before it is sent: how a bug is planted. */
export function withChange(
  table: Table,
  name: string,
  change: (input: Record<string, unknown>) => Record<string, unknown>,
): Table {
  const send = (command: AnyCommand) => {
    if (command.constructor.name === name) command.input = change(command.input);
    return table.send(command as never);
  };
  return { name: table.name, send: send as unknown as Table['send'] };
}
