/** What is the JSON Schema of an event and of each entity's snapshot? */
import * as z from 'zod';
import { entities, typeOf } from '../../shared/events/entities.ts';
import type { Entity } from '../../shared/events/entity.ts';
import { envelope } from '../../shared/events/parse.ts';

export interface JsonSchema {
  type?: string;
  format?: string;
  description?: string;
  'x-kind'?: string;
  enum?: unknown[];
  minimum?: number;
  maximum?: number;
  properties?: { [name: string]: JsonSchema };
  required?: string[];
  items?: JsonSchema;
  additionalProperties?: unknown;
  [keyword: string]: unknown;
}

export const schemaOf = (entity: Entity): JsonSchema =>
  ({
    ...z.toJSONSchema(entity.schema, { io: 'input' }),
    title: entity.name,
    description: entity.about,
    examples: [entity.example.data],
  }) as JsonSchema;

/** JSON Schema files by name: one an entity, and one of the envelope around them. */
export function writeSchemas(): Map<string, string> {
  const types = [...entities.keys()].map(typeOf);
  const outer = {
    ...(z.toJSONSchema(envelope, { io: 'input' }) as JsonSchema),
    title: 'event',
    description: 'CloudEvents 1.0 with creatorid and entityversion; data is the snapshot of the entity that type names.',
  };
  if (outer.properties?.type) outer.properties.type = { ...outer.properties.type, enum: types };
  const all: [string, JsonSchema][] = [
    ['event', outer],
    ...[...entities.values()].map((each): [string, JsonSchema] => [each.name, schemaOf(each)]),
  ];
  return new Map(all.map(([name, schema]) => [`${name}.json`, `${JSON.stringify(schema, null, 2)}\n`]));
}
