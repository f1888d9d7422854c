/** How is the local time of a zone read? DuckDB's instants forget their zone, so it is read where it is named, or not at all. */
import { notKnown } from './errors.ts';
import { has, type Node, nodeOf, only, quoteText, textIn } from './syntax.ts';

type Print = (node: unknown) => string;

const nameOf = ({ kind, body }: Node): string => (kind === 'function' ? String(body.name).toLowerCase() : kind);
const argsOf = ({ body }: Node): unknown[] => body.args as unknown[];

/** Whether the value carries a zone other than UTC. */
export function isZoned(node: Node): boolean {
  const name = nameOf(node);
  if (name === 'at_timezone' || name === 'at_time_zone') return true;
  if (name === 'with_timezone') return zoneOf(argsOf(node)[1]) !== 'UTC';
  if (name === 'date_trunc') return isZoned(nodeOf(argsOf(node)[1]));
  return node.kind === 'paren' && isZoned(nodeOf(node.body.this));
}

/** The time as a clock of its zone shows it, a plain timestamp; a value without a zone is printed as it is. */
export function printWall(value: unknown, print: Print): string {
  const node = nodeOf(value);
  if (!isZoned(node)) return print(value);
  const name = nameOf(node);
  if (name === 'paren') return printWall(node.body.this, print);
  if (name === 'date_trunc') {
    only(node, 'name', 'args');
    const [unit, time] = argsOf(node);
    return `trino_date_trunc(${quoteText(unitOf(unit))}, ${printWall(time, print)})`;
  }
  if (name === 'with_timezone') return print(argsOf(node)[0]);
  if (name === 'at_time_zone') {
    only(node, 'this', 'zone');
    return `timezone(${quoteText(zoneOf(node.body.zone))}, ${printInstant(node.body.this, print)})`;
  }
  only(node, 'name', 'args');
  const [time, zone] = argsOf(node);
  return `timezone(${quoteText(zoneOf(zone))}, ${printInstant(time, print)})`;
}

/** The instant, whatever its zone: a plain timestamp is taken for UTC, as Athena's sessions are. */
function printInstant(value: unknown, print: Print): string {
  const node = nodeOf(value);
  if (nameOf(node) === 'with_timezone' && isZoned(node))
    return `timezone(${quoteText(zoneOf(argsOf(node)[1]))}, ${print(argsOf(node)[0])})`;
  if (node.kind === 'paren') return printInstant(node.body.this, print);
  if (isZoned(node)) throw notKnown('a zone given to a time that has one');
  return `trino_instant_of(${print(value)})`;
}

function zoneOf(value: unknown): string {
  const zone = value ? textIn(nodeOf(value)) : undefined;
  if (!zone || !/^(UTC|[A-Z][A-Za-z_]+\/[A-Za-z_/+-]+)$/.test(zone))
    throw notKnown(`the time zone ${zone ?? 'that is computed'}`, "Write 'UTC' or a name as 'Europe/Berlin'.");
  return zone;
}

function unitOf(value: unknown): string {
  const unit = value ? textIn(nodeOf(value))?.toLowerCase() : undefined;
  if (!unit || !/^(second|minute|hour|day|week|month|quarter|year)$/.test(unit) || !has({ unit }, 'unit'))
    throw notKnown(`date_trunc to ${unit}`);
  return unit;
}
