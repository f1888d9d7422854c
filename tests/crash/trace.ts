/** What does a call say in a world's trace? One short line. */
import { BatchGetItemCommand, GetItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';

const short = (seq: string | undefined): string => (seq ? `${seq.slice(0, 5)}…${seq.slice(-3)}` : '–');

export function summaryOf(command: object): string {
  if (command instanceof UpdateItemCommand) {
    const { Key, ExpressionAttributeValues: values = {} } = command.input;
    return `SET ${Key?.pk?.S} ${Key?.sk?.S}: applied=${short(values[':applied']?.S)}`;
  }
  if (command instanceof PutItemCommand)
    return `PUT ${command.input.Item?.pk?.S} ${command.input.Item?.sk?.S} seq=${short(
      (command.input.Item?.seq ?? command.input.Item?.w)?.S,
    )}`;
  if (command instanceof GetItemCommand) return `GET ${command.input.Key?.sk?.S}`;
  if (command instanceof BatchGetItemCommand)
    return `GET ${Object.values(command.input.RequestItems ?? {}).flatMap(({ Keys = [] }) => Keys.map((key) => key.sk?.S))}`;
  return command.constructor.name;
}
