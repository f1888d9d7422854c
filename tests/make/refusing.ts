/** What if the store refuses what a record holds? A table that does not take certain writes, whoever sends them and however often. */
import type { Table } from '../../shared/store/table.ts';

interface AnyCommand {
  constructor: { name: string };
  input: { [name: string]: unknown };
}

/** As DynamoDB says that it does not take the content of a request. */
export const contentRefused = (message = 'Item size has exceeded the maximum allowed size'): Error =>
  Object.assign(new Error(message), { name: 'ValidationException', $fault: 'client', $metadata: { httpStatusCode: 400 } });

/** Every command of which `isBad` holds is answered with `failure`. */
export function refusing(
  table: Table,
  isBad: (command: string, input: { [name: string]: unknown }) => boolean,
  failure: () => Error = contentRefused,
): Table {
  const send = async (command: AnyCommand) => {
    if (isBad(command.constructor.name, command.input)) throw failure();
    return table.send(command as never);
  };
  return { name: table.name, send: send as unknown as Table['send'] };
}
