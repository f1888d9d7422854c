/** What does one run of the export function take? Loads its bundle as Lambda does, runs one event, and says how long and how much. */
import { pathToFileURL } from 'node:url';
import { peakMB } from './memory.ts';

/** Seconds of the run, and the most memory that its process had, in MB. */
export interface Taken {
  seconds: number;
  peakMB: number;
}

const [, , bundle = '', event = ''] = process.argv;
const { handler } = (await import(pathToFileURL(bundle).href)) as { handler: (event: unknown) => Promise<unknown> };
const began = performance.now();
await handler(JSON.parse(event));
const taken: Taken = {
  seconds: (performance.now() - began) / 1000,
  peakMB: peakMB(),
};
console.log(JSON.stringify(taken));
