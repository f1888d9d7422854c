/** What does a read see that does not ask for consistency? Now and then an entity as it was before its last write. */
import { BatchGetItemCommand } from '@aws-sdk/client-dynamodb';
import { type Item, textOf } from '../../shared/store/table.ts';
import type { Chance } from './chance.ts';

export interface StaleReads {
  onPut(item: Item): void;
  reread(command: object, answer: object): object;
}

export function makeStaleReads(chance: Chance): StaleReads {
  const images = new Map<string, { now: Item; before: Item | undefined }>();
  const nameOf = (item: Item): string => `${textOf(item.pk)} ${textOf(item.sk)}`;
  return {
    onPut: (item) => void images.set(nameOf(item), { now: item, before: images.get(nameOf(item))?.now }),
    reread(command, answer) {
      if (!(command instanceof BatchGetItemCommand)) return answer;
      const [name, request] = Object.entries(command.input.RequestItems ?? {})[0]!;
      if (request.ConsistentRead) return answer;
      const items = (answer as { Responses?: { [name: string]: Item[] } }).Responses?.[name] ?? [];
      const seen = items.flatMap((item) => {
        const image = images.get(nameOf(item));
        if (!image || !chance.happens(0.3)) return [item];
        return image.before ? [image.before] : [];
      });
      return { ...answer, Responses: { [name]: seen } };
    },
  };
}
