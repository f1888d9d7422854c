/** Which objects does a table have at this moment, and where do they lie on disk? */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { LakeTable, Projection } from './catalog.ts';

const DATA = '.data';
const META = '.meta.json';
const dayMs = 86_400_000;

export interface LakeFile {
  path: string;
  /** `s3://bucket/key` */
  url: string;
  bytes: number;
}

/** `s3://bucket/some/prefix/` in its parts; throws where it is no such address. */
export function parseLocation(location: string): { bucket: string; prefix: string } {
  const [, bucket, rest = ''] = location.match(/^s3:\/\/([^/]+)(?:\/(.*))?$/) ?? [];
  if (!bucket) throw new Error(`${location} is no place in S3: s3://bucket/prefix/`);
  return { bucket, prefix: rest };
}

/** Objects under a folder of a bucket. Only those with both of their files: the data is written before the description. */
export function listObjects(storageDir: string, location: string): LakeFile[] {
  const { bucket, prefix } = parseLocation(location);
  const root = join(storageDir, 'buckets', bucket, 'objects');
  const folder = join(root, ...prefix.split('/').filter(Boolean));
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile());
  const whole = new Set(entries.filter(({ name }) => name.endsWith(META)).map(({ parentPath, name }) => join(parentPath, name)));
  return entries
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => path.endsWith(DATA) && whole.has(path.slice(0, -DATA.length) + META))
    .map((path) => ({ path, url: urlOf(bucket, root, path), bytes: statSync(path).size }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

function urlOf(bucket: string, root: string, path: string): string {
  const key = path
    .slice(root.length + 1, -DATA.length)
    .split(sep)
    .join('/');
  return `s3://${bucket}/${key.replaceAll(/%([0-9a-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))}`;
}

const literally = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The files of a table. Athena passes over names that begin with `_` or `.`, and over partitions that it cannot compute. */
export function filesOf(storageDir: string, table: LakeTable, now = Date.now()): LakeFile[] {
  const template =
    table.locationTemplate ??
    `${table.location.replace(/\/$/, '')}${table.partitionKeys.map(({ name }) => `/${name}=\${${name}}`).join('')}`;
  const parts = template.replace(/\/$/, '').split(/\$\{([^}]+)\}/);
  const pattern = new RegExp(`^${parts.map((part, i) => (i % 2 ? '([^/]+)' : literally(part))).join('')}/(?:.*/)?[^/_.][^/]*$`);
  const keys = parts.filter((_, i) => i % 2);
  for (const key of keys)
    if (!template.includes(`/${key}=\${${key}}`))
      throw new Error(`The embedded Athena reads partitions of the form ${key}=…, not ${template}.`);
  return listObjects(storageDir, table.location).filter(({ url }) => {
    const match = url.match(pattern);
    return match !== null && keys.every((key, i) => isProjected(match[i + 1] ?? '', table.projections[key], now));
  });
}

function isProjected(value: string, projection: Projection | undefined, now: number): boolean {
  if (!projection) return true;
  if (projection.type === 'enum') return projection.values.includes(value);
  const [from = '', to = ''] = projection.range.split(',').map((edge) => edge.trim());
  if (projection.type === 'integer') return /^\d+$/.test(value) && Number(value) >= Number(from) && Number(value) <= Number(to);
  return value >= edgeOf(from, now) && value <= edgeOf(to, now);
}

/** `NOW+1DAYS` as a day; anything else is meant as it stands. */
function edgeOf(edge: string, now: number): string {
  const [match, days = '0'] = edge.match(/^NOW(?:([+-]\d+)DAYS?)?$/) ?? [];
  return match === undefined ? edge : new Date(now + Number(days) * dayMs).toISOString().slice(0, 10);
}
