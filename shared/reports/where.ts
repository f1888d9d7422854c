/** To which values of a dimension is a report narrowed? `channel:live,video` as a parameter, and as what it means. */

/** Values of one dimension, together. */
export interface Where {
  dimension: string;
  values: string[];
}

/** Values that one narrowing may name. */
const mostValues = 100;

const escaped = (value: string): string => value.replaceAll(/[\\,]/g, '\\$&');

/** A narrowing as a parameter: a comma or a backslash in a value is led by a backslash, anything else stands as it is. */
export const writeWhere = ({ dimension, values }: Where): string => `${dimension}:${values.map(escaped).join()}`;

/** The values of a list with commas between them; undefined where it ends within an escape. */
function valuesIn(list: string): string[] | undefined {
  const values: string[] = [];
  let value = '';
  for (let i = 0; i < list.length; i++) {
    const sign = list[i] ?? '';
    if (sign === ',') {
      values.push(value);
      value = '';
    } else if (sign !== '\\') value += sign;
    else if (++i < list.length) value += list[i];
    else return undefined;
  }
  return [...values, value];
}

/** What a parameter means, or a sentence that says what is wrong with it. The first colon ends the dimension: values may hold more. */
export function parseWhere(text: string): Where | string {
  const colon = text.indexOf(':');
  if (colon <= 0) return 'must be a dimension, a colon and a value, such as channel:live; more values behind commas';
  const values = valuesIn(text.slice(colon + 1));
  if (!values) return 'ends in a single backslash: write \\\\ for a backslash and \\, for a comma in a value';
  if (values.includes('')) return 'has an empty value: (none) is what has no value, \\, a comma within one';
  const distinct = [...new Set(values)];
  if (distinct.length > mostValues) return `names more than ${mostValues} values: take fewer`;
  return { dimension: text.slice(0, colon), values: distinct };
}

/** The narrowing of a query whose schema has read it. Throws RangeError for what that would have refused. */
export function whereOf(text: string | undefined): Where | undefined {
  const where = text === undefined ? undefined : parseWhere(text);
  if (typeof where === 'string') throw new RangeError(`where ${where}`);
  return where;
}
