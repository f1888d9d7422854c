/** What do the store's expressions say of an item? The part of DynamoDB's language that this project speaks, for a table in memory. */
import { isDeepStrictEqual } from 'node:util';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Item } from '../../shared/store/table.ts';

export interface Named {
  names: Record<string, string> | undefined;
  values: Record<string, AttributeValue> | undefined;
}

const scalarOf = (value: AttributeValue | undefined): string | number | undefined =>
  value?.N === undefined ? value?.S : Number(value.N);

/** Does a condition hold for an item (undefined: there is none)? */
export function holdsFor(condition: string, item: Item | undefined, { names, values }: Named): boolean {
  const tokens = condition.match(/[A-Za-z_]+(?=\()|[#:]?\w+|<=|>=|[<>=(),]/g) ?? [];
  let at = 0;
  const next = () => tokens[at++] ?? '';
  const operand = (word: string): AttributeValue | undefined =>
    word.startsWith(':') ? values?.[word] : item?.[names?.[word] ?? word];
  function primary(): boolean {
    const word = next();
    if (word === 'NOT') return !primary();
    if (word === '(') {
      const held = either();
      next();
      return held;
    }
    if (tokens[at] === '(') {
      next();
      const first = operand(next());
      if (word === 'contains') next();
      const second = word === 'contains' ? operand(next()) : undefined;
      next();
      if (word === 'attribute_exists') return first !== undefined;
      if (word === 'attribute_not_exists') return first === undefined;
      return first?.SS?.includes(second?.S ?? '') ?? false;
    }
    const [sign, left, right] = [next(), operand(word), operand(next())];
    if (sign === '=') return isDeepStrictEqual(left, right);
    const [a, b] = [scalarOf(left), scalarOf(right)];
    if (a === undefined || b === undefined) return false;
    return sign === '<' ? a < b : sign === '<=' ? a <= b : sign === '>=' ? a >= b : a > b;
  }
  function both(): boolean {
    let held = primary();
    while (tokens[at] === 'AND') {
      next();
      held = primary() && held;
    }
    return held;
  }
  function either(): boolean {
    let held = both();
    while (tokens[at] === 'OR') {
      next();
      held = both() || held;
    }
    return held;
  }
  return either();
}

/** Sums of any size: whole numbers exactly, as the store adds them. */
function plus(a: string | undefined, b: string): string {
  const isWhole = (text: string) => /^-?\d+$/.test(text);
  if (isWhole(a ?? '0') && isWhole(b)) return String(BigInt(a ?? '0') + BigInt(b));
  return String(Number(a ?? 0) + Number(b));
}

/** The item after an update of `SET a = :x, … REMOVE c, … ADD b :y, …`. */
export function updated(expression: string, item: Item, { names, values }: Named): Item {
  const result = { ...item };
  const [rest = '', add = ''] = expression.split(/\s*\bADD\b\s*/);
  const [set = '', remove = ''] = rest.split(/\s*\bREMOVE\b\s*/);
  for (const name of remove.split(/,\s*/)) delete result[names?.[name.trim()] ?? name.trim()];
  for (const part of set.replace(/^SET\s+/, '').split(/,\s*/)) {
    const [name = '', value = ''] = part.split(/\s*=\s*/);
    if (value) result[names?.[name] ?? name] = values?.[value.trim()] as AttributeValue;
  }
  for (const part of add.split(/,\s*/)) {
    const [word = '', value = ''] = part.trim().split(/\s+/);
    const [name, by] = [names?.[word] ?? word, values?.[value]];
    if (by?.N !== undefined) result[name] = { N: plus(result[name]?.N, by.N) };
    if (by?.SS) result[name] = { SS: [...new Set([...(result[name]?.SS ?? []), ...by.SS])] };
  }
  return result;
}
