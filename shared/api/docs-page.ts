/** How does the API's description read as a page? One file, no scripts, nothing loaded from elsewhere. */
import { statusOfCode } from '../errors.ts';
import { entities } from '../events/entities.ts';
import { escapeHtml as text } from '../html.ts';
import { dictionary } from '../kpis/dictionary.ts';
import { exampleOf, type OpenApi, type Operation } from './openapi.ts';

const json = (value: unknown): string => `<pre>${text(JSON.stringify(value, null, 2))}</pre>`;
const folded = (title: string, inside: string): string => `<details><summary>${text(title)}</summary>${inside}</details>`;

const style = `
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h2 { margin-top: 3rem; } h3 { margin-top: 2rem; font-size: 1rem; } code, pre, h3 { font-family: ui-monospace, monospace; }
pre { overflow: auto; padding: .75rem; border: 1px solid #8886; border-radius: .5rem; font-size: .85rem; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; } th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid #8886; }
summary { cursor: pointer; }`;

function table(heads: string[], rows: unknown[][]): string {
  const row = (cells: unknown[], tag: string) => `<tr>${cells.map((cell) => `<${tag}>${text(cell)}</${tag}>`).join('')}</tr>`;
  return `<table><thead>${row(heads, 'th')}</thead><tbody>${rows.map((cells) => row(cells, 'td')).join('')}</tbody></table>`;
}

/** What a parameter takes, in few words. */
function takes(schema: { [name: string]: unknown }): string {
  const {
    enum: values,
    type,
    items,
    default: otherwise,
  } = schema as { enum?: string[]; type?: string; items?: object; default?: unknown };
  const kind = values ? (values.length > 12 ? 'one of the names below' : values.join(', ')) : (type ?? 'text');
  const one = items ? `${takes(items as never)}; several with commas` : kind;
  return otherwise === undefined ? one : `${one}; ${otherwise} where absent`;
}

function operation(method: string, path: string, { summary, description, parameters = [], ...rest }: Operation): string {
  const rows = parameters.map(({ name, in: where, required, description: about = '', schema }) => [
    name,
    where,
    required ? 'yes' : '',
    [takes(schema), about].filter(Boolean).join(' – '),
  ]);
  return [
    `<h3>${text(method.toUpperCase())} ${text(path)}</h3>`,
    `<p>${text(summary)} ${text(description)}</p>`,
    rows.length ? table(['parameter', 'in', 'needed', 'takes'], rows) : '',
    folded('Schemas', json(rest)),
  ].join('\n');
}

/** The page of a description. */
export function docsPage({ info, paths }: OpenApi): string {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, each]) => operation(method, path, each)),
  );
  const kpis = [...dictionary.entries.values()].map(({ name, kpi }) => [
    name,
    kpi.title,
    kpi.unit,
    kpi.formula,
    kpi.basis,
    dictionary.dimensionsOf(name).join(', '),
  ]);
  const events = [...entities.values()].map((entity) => folded(`${entity.name} – ${entity.about}`, json(exampleOf(entity))));
  const refusals = Object.entries(statusOfCode).map(
    ([code, status]) => `<tr id="${code}"><td><code>${code}</code></td><td>${status}</td></tr>`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(info.title)} API</title><style>${style}</style></head><body>
<h1>${text(info.title)} API</h1>
<p>${text(info.description)} Version ${text(info.version)}; for machines: <a href="/v1/openapi.json">openapi.json</a>.</p>
<h2>Endpoints</h2>
${operations.join('\n')}
<h2>Events</h2>
<p>One whole example of each entity.</p>
${events.join('\n')}
<h2>KPIs</h2>
${table(['name', 'title', 'unit', 'formula', 'counts when', 'split by'], kpis)}
<h2>Refusals</h2>
<p>Every refusal is <code>application/problem+json</code> with one of these codes; <code>issues</code> names what to change.</p>
<table><thead><tr><th>code</th><th>status</th></tr></thead><tbody>${refusals.join('')}</tbody></table>
</body></html>
`;
}
