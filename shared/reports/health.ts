/** How is the service? It is well when its store answers; how far behind each stage is stands beside it. */
import type * as z from 'zod';
import type { healthAnswer } from '../api/description.ts';
import { dictionary } from '../kpis/dictionary.ts';
import { readStages } from '../store/stages.ts';
import type { Table } from '../store/table.ts';

/** The one stage that is always named: from the stream to the totals. */
export const streamStage = 'stream';

/** Answers GET /v1/health. Throws unavailable when the store does not answer. */
export async function describeHealth(table: Table, version: string): Promise<z.infer<typeof healthAnswer>> {
  const stages = await readStages(table);
  const known = stages.some(({ name }) => name === streamStage);
  const sources = known ? stages : [{ name: streamStage, lagSeconds: null, at: null }, ...stages];
  return { status: 'ok', version, definitionVersion: String(dictionary.latest), sources };
}
