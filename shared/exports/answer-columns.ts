/** Which columns has a report's answer as a table? Read off the schema that describes it, so that a report needs no columns of its own. */
import * as z from 'zod';
import { snake } from '../lake/columns.ts';
import { type Telling, tellingOf } from './answer-telling.ts';
import { type CellType, type ExportColumn, titleOf } from './columns.ts';

/** What z.toJSONSchema says of a part of the answer. */
interface Node {
  type?: string | string[];
  description?: string;
  properties?: { [name: string]: Node };
  items?: Node;
  anyOf?: Node[];
  /** In which unit a number is, and by which clock a day: see the schemas of reports. */
  'x-unit'?: string;
  'x-day'?: string;
}

export interface Leaf {
  /** Fields that lead to it from the element it is of. */
  path: string[];
  /** Place of its column. */
  column: number;
}

/** The elements of a list of the answer, or the answer itself: each is a row. */
export interface Level {
  /** `answer`, or the fields that lead to the list: `today.kpis.points`. */
  name: string;
  leaves: Leaf[];
  lists: { path: string[]; level: Level }[];
}

export interface AnswerShape {
  columns: ExportColumn[];
  root: Level;
  telling: Telling;
}

/** A leaf before its column is known; `json`: a part without declared fields, as the text of its JSON. */
interface Found {
  leaf: Leaf;
  name: string;
  kind: 'text' | 'integer' | 'number' | 'flag';
  about: string;
  unit: string | undefined;
  clock: string | undefined;
}

const first: ExportColumn[] = [
  {
    name: 'list',
    title: 'List',
    type: 'text',
    about: 'of which list of the report the row is; answer: of none, it is the report itself',
  },
  { name: 'place', title: 'Place', type: 'text', about: 'in its list, from 1; 2.5 is the fifth of a list inside the second' },
];

const kinds: { [type: string]: Found['kind'] } = { integer: 'integer', number: 'number', boolean: 'flag' };

/** A part that may be null is described as what it else is. */
const withoutNull = (node: Node): Node => {
  const [only, ...others] = (node.anyOf ?? []).filter(({ type }) => type !== 'null');
  const part = only && !others.length ? { ...node, ...only, anyOf: undefined } : node;
  const [type, ...more] = [part.type ?? []].flat().filter((each) => each !== 'null');
  return { ...part, type: more.length ? undefined : type };
};

function walk(node: Node, level: Level, path: string[], found: Found[]): void {
  for (const [field, declared] of Object.entries(node.properties ?? {})) {
    const part = withoutNull(declared);
    const own = [...path, field];
    const items = part.items && withoutNull(part.items);
    if (items?.properties) {
      const name = [...(level.name === 'answer' ? [] : [level.name]), ...own].join('.');
      const inner: Level = { name, leaves: [], lists: [] };
      level.lists.push({ path: own, level: inner });
      walk(items, inner, [], found);
    } else if (part.properties) walk(part, level, own, found);
    else {
      const leaf = { path: own, column: 0 };
      level.leaves.push(leaf);
      const about = `${part.description ?? field}; of ${level.name}`;
      found.push({
        leaf,
        name: own.map(snake).join('_'),
        kind: kinds[String(part.type)] ?? 'text',
        about,
        unit: part['x-unit'],
        clock: part['x-day'],
      });
    }
  }
}

/** What is a number here and an integer there is a number; what is text here and a number there has two columns. */
function columnOf({ name, kind, about }: Found, all: Found[]): ExportColumn {
  const others = all.filter((other) => other.name === name);
  const same = new Set(others.map((other) => other.kind));
  const isNumeric = kind === 'integer' || kind === 'number';
  const ofKind = others.filter((other) => isNumeric === (other.kind === 'integer' || other.kind === 'number'));
  const unit = isNumeric ? ofKind.find((other) => other.unit)?.unit : undefined;
  const clock = kind === 'text' ? ofKind.find((other) => other.clock)?.clock : undefined;
  const type: CellType = unit ? 'quantity' : clock ? 'day' : isNumeric && same.has('number') ? 'number' : kind;
  const hasOthers = [...same].some((other) => other !== 'integer' && other !== 'number' && other !== kind);
  const isAlone = isNumeric || (same.size === 1 && !hasOthers);
  // Text and numbers of one name have a column each: the one of text says in its title what it holds.
  const isOneOfTwo = !isNumeric && same.size > 1;
  const what = clock === 'utc' ? ' (UTC)' : !isOneOfTwo ? '' : clock ? ' (day)' : ' (name)';
  const title = `${titleOf({ name, type })}${what}`;
  return { name: isAlone ? name : `${name}_${kind}`, title, type, about, ...(unit ? { unit } : {}) };
}

/** The columns of an answer, and which field goes into which. `without` names fields of the answer that are left out. */
export function shapeOf(answer: z.ZodType, without: string[] = []): AnswerShape {
  const schema = z.toJSONSchema(answer, { io: 'output', unrepresentable: 'any' }) as Node;
  const properties = Object.entries(schema.properties ?? {}).filter(([field]) => !without.includes(field));
  const root: Level = { name: 'answer', leaves: [], lists: [] };
  const found: Found[] = [];
  walk({ properties: Object.fromEntries(properties) }, root, [], found);
  const columns = [...first];
  for (const each of found) {
    const column = columnOf(each, found);
    const known = columns.findIndex(({ name }) => name === column.name);
    each.leaf.column = known < 0 ? columns.push(column) - 1 : known;
  }
  const { columns: all, telling } = tellingOf(columns);
  return { columns: all, root, telling };
}
