/** What does the page of all events say? Written from the entities' schemas, dimensions and examples. */
import { entities, typeOf } from '../../shared/events/entities.ts';
import type { Entity } from '../../shared/events/entity.ts';
import { factsOf } from '../../shared/events/facts.ts';
import { eventBytes, mostLevels, profileBytes } from '../../shared/events/limits.ts';
import type { CloudEvent } from '../../shared/events/parse.ts';
import { dictionary } from '../../shared/kpis/dictionary.ts';
import { beginning } from '../../shared/time.ts';
import { type JsonSchema, schemaOf } from './schemas.ts';
import { table } from './table.ts';

const kinds: { [kind: string]: string } = {
  happened: 'instant, at most a day ahead',
  due: 'instant, may lie ahead',
  money: 'minor units ≥ 0',
  signedMoney: 'minor units, may be negative',
};

function typeName(schema: JsonSchema): string {
  if (schema.enum) return schema.enum.map((value) => `\`${value}\``).join(' or ');
  if (schema.type === 'array') return `list of ${schema.items?.properties ? 'objects' : typeName(schema.items ?? {})}`;
  if (schema.format === 'date') return 'day';
  if (schema.format === 'date-time') return 'string';
  return schema.type ?? 'any';
}

function fieldRows(schema: JsonSchema, prefix = ''): string[][] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const isRequired = schema.required?.includes(name) ? 'yes' : '';
    const kind = kinds[field['x-kind'] ?? ''] ?? '';
    const row = [`\`${prefix}${name}\``, typeName(field), isRequired, kind, field.description ?? ''];
    return [row, ...fieldRows(field.items ?? {}, `${prefix}${name}.`)];
  });
}

/** A whole event around an entity's example. */
export const exampleOf = (entity: Entity): CloudEvent => ({
  specversion: '1.0',
  id: `${entity.name}-1`,
  source: '/csv/example',
  type: typeOf(entity.name),
  subject: entity.example.subject,
  time: entity.example.time,
  creatorid: 'c-1',
  entityversion: Date.parse(entity.example.time),
  data: entity.example.data,
});

/** Facts that follow from the example beside its fields. */
function derivedFacts(entity: Entity, schema: JsonSchema): string[] {
  const zones = [{ from: beginning, zone: 'UTC' }];
  const facts = factsOf(entity, exampleOf(entity), {
    zones,
    currency: String(entity.example.data.currency ?? 'USD'),
    definitions: dictionary.latest,
  });
  return Object.entries(facts).flatMap(([name, value]) => {
    const field = schema.properties?.[name];
    if (!field) return [name];
    const inside = Array.isArray(value) ? Object.keys(value[0] ?? {}) : [];
    return inside.filter((inner) => !field.items?.properties?.[inner]).map((inner) => `${name}.${inner}`);
  });
}

function section(entity: Entity): string[] {
  const schema = schemaOf(entity);
  const derived = derivedFacts(entity, schema);
  const dimensions = Object.entries(entity.dimensions).map(([dimension, path]) => `${dimension} (\`${path}\`)`);
  return [
    `## ${entity.name}`,
    entity.about,
    `Type \`${typeOf(entity.name)}\`, subject \`${entity.subject}\`, schema [${entity.name}.json](schemas/${entity.name}.json).`,
    table(['Field', 'Type', 'Required', 'Kind', 'Meaning'], fieldRows(schema)),
    ...(dimensions.length ? [`Dimensions: ${dimensions.join(', ')}.`] : []),
    ...(derived.length ? [`Follows from the snapshot: ${derived.map((name) => `\`${name}\``).join(', ')}.`] : []),
    `\`\`\`json\n${JSON.stringify(exampleOf(entity), null, 2)}\n\`\`\``,
  ];
}

export function eventPage(): string {
  return `${[
    '# Events',
    'Written by `npm run generate` from `shared/events/`. Do not edit: change the schema instead.',
    'An event is a versioned snapshot of one entity in a CloudEvents 1.0 envelope ([event.json](schemas/event.json)). `time` is when it happened in business, `entityversion` the source’s own update time in milliseconds: of two snapshots of one subject the higher version wins, whatever the order of arrival. Fields that are not listed are kept; wrong types are refused with the path of what is wrong.',
    `Of every event: times, and the days and minutes in subjects, lie between 1980 and 2199; text is whole characters, names too (no half of a surrogate pair), and ids hold no U+FFFD, the sign for a letter that was lost; numbers are finite; objects and lists are nested at most ${mostLevels} levels deep, the event’s own among them. An event has at most ${eventBytes.toLocaleString('en')} bytes, a creator’s ${profileBytes.toLocaleString('en')}. What is wrong with one never stops the others.`,
    ...[...entities.values()].flatMap(section),
  ].join('\n\n')}\n`;
}
