/** Does all that a reader sees come from the messages? A text that stands in the code of a component is found. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'vite';
import { describe, expect, it } from 'vitest';

const web = join(import.meta.dirname, '../../web');
const ids = new Set(Object.keys(JSON.parse(readFileSync(join(web, 'messages/en.json'), 'utf8')) as object));

/** Attributes and properties that are read by somebody. */
const read =
  /^(title|label|labels|alt|placeholder|caption|summary|about|than|what|text|message|aria-(label|description|valuetext|roledescription))$/;
const letters = /\p{L}/u;

interface Node {
  type: string;
  [key: string]: unknown;
}
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value;
const childrenOf = (node: Node): Node[] => Object.values(node).flat().filter(isNode);

/** Texts that an expression becomes by itself; what is given to a function, or compared with, is none. */
function textsOf(value: unknown): string[] {
  if (!isNode(value)) return [];
  const of = (...names: string[]): string[] => names.flatMap((name) => [value[name]].flat().flatMap(textsOf));
  if (value.type === 'Literal') return typeof value.value === 'string' ? [value.value] : [];
  if (value.type === 'TemplateLiteral')
    return [...(value.quasis as { value: { cooked: string } }[]).map((part) => part.value.cooked), ...of('expressions')];
  if (value.type === 'JSXExpressionContainer') return of('expression');
  if (value.type === 'ConditionalExpression') return of('consequent', 'alternate');
  if (value.type === 'LogicalExpression') return value.operator === '&&' ? of('right') : of('left', 'right');
  if (value.type === 'BinaryExpression') return value.operator === '+' ? of('left', 'right') : [];
  if (value.type === 'ArrayExpression') return of('elements');
  return [];
}

function seenIn(node: Node): string[] {
  if (node.type === 'JSXText') return [String(node.value)];
  if (node.type === 'JSXElement' || node.type === 'JSXFragment')
    return (node.children as Node[]).filter(({ type }) => type === 'JSXExpressionContainer').flatMap(textsOf);
  const named = (name: unknown): boolean => read.test(String((name as { name?: string; value?: string }).name ?? ''));
  if (node.type === 'JSXAttribute') return named(node.name) ? textsOf(node.value) : [];
  if (node.type === 'Property' && node.kind === 'init') return named(node.key) ? textsOf(node.value) : [];
  return [];
}

/** Texts with letters that are no id of a message, each once. */
function literalsOf(name: string, source: string): string[] {
  const found: string[] = [];
  const walk = (node: Node): void => {
    found.push(...seenIn(node).filter((text) => letters.test(text) && !ids.has(text.trim())));
    for (const child of childrenOf(node)) walk(child);
  };
  walk(parseSync(name, source).program as unknown as Node);
  return [...new Set(found.map((text) => text.trim().replace(/\s+/g, ' ')))];
}

describe('what a reader sees', () => {
  // Commands are typed into a terminal: they are the same in every language.
  const files = readdirSync(web, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.tsx?$/.test(file) && file !== 'session/commands.ts',
  );

  it('stands in the messages, all of it', () => {
    expect(files.length).toBeGreaterThan(60);
    const found = files.flatMap((file) =>
      literalsOf(file, readFileSync(join(web, file), 'utf8')).map((text) => `${file}: ${text}`),
    );
    expect(found).toEqual([]);
  });

  it.each([
    ['a text', '<p>Hello {name}</p>', ['Hello']],
    ['a text in an expression', "<p>{isOpen ? 'Open' : say('range.today')}{isLate && ` so late`}</p>", ['Open', 'so late']],
    ['a title', '<p title="Of today" className="flex" />', ['Of today']],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is code
    ['a label put together', '<p aria-label={`Copy ${name}`} />', ['Copy']],
    ['a title of a column', "<Table columns={[{ title: 'Change', cell }]} />", ['Change']],
    [
      'nothing but messages and signs',
      "<p title={say('range.today')} data-kpi='x'>{a} · {say('range.today', { name: 'x' })}</p>",
      [],
    ],
  ])('is found where it is %s', (_name, jsx, texts) =>
    expect(literalsOf('planted.tsx', `export const planted = ${jsx};`)).toEqual(texts),
  );
});
