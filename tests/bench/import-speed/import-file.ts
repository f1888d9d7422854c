/** In a process of its own: how long does the page's way take for a large export, from the first request until everything counts, and what does the runtime weigh meanwhile? */
import { createReadStream, statSync } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startService } from '../service.ts';
import { rounded } from '../statistics.ts';
import type { LargeFile } from './files.ts';

const creator = 'c-large';
const lookEvery = 250;
const tellEvery = 30_000;

interface ImportAnswer {
  id: string;
  status: string;
  refusals: string[];
  uploads?: { url: string }[];
  survey: { events: number } | null;
  accepted: number;
  progress: { events: number };
}

/** Resident megabytes of this process, the highest of them kept. */
function weigh(): { idle: number; peak: () => number } {
  const now = () => process.memoryUsage().rss / 1e6;
  const idle = now();
  let peak = idle;
  setInterval(() => {
    peak = Math.max(peak, now());
  }, 100).unref();
  return { idle, peak: () => peak };
}

/** Imports a file into an embedded runtime of its own. Throws where what is counted is not what the file holds. */
async function importFile({ path, truth }: LargeFile): Promise<Record<string, number>> {
  const service = await startService();
  try {
    const token = await service.runtime.token({ roles: ['creator'], creator });
    const call = async (method: string, at: string, body?: object): Promise<ImportAnswer> => {
      const answer = await fetch(`${service.runtime.url}/v1/creators/${creator}/imports${at}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${method} ${at}: ${answer.status} ${text.slice(0, 300)}`);
      return JSON.parse(text) as ImportAnswer;
    };
    const until = async (id: string, status: string): Promise<ImportAnswer> => {
      for (let told = performance.now(); ; ) {
        const job = await call('GET', `/${id}`);
        if (job.status === status) return job;
        if (job.status === 'failed') throw new Error(job.refusals.join('\n'));
        if (performance.now() - told > tellEvery) {
          console.error(`${job.status}: ${job.progress.events} events`);
          told += tellEvery;
        }
        await wait(lookEvery);
      }
    };
    await service.get('/v1/creators');
    const weight = weigh();
    const began = performance.now();
    const bytes = statSync(path).size;
    const { id, uploads } = await call('POST', '', { files: [{ name: basename(path), bytes }], market: 'ID' });
    const put = await fetch(uploads?.[0]?.url ?? '', {
      method: 'PUT',
      headers: { 'content-length': String(bytes) },
      body: createReadStream(path) as unknown as ReadableStream,
      duplex: 'half',
    } as RequestInit);
    if (!put.ok) throw new Error(`PUT: ${put.status} ${await put.text()}`);
    const uploaded = performance.now();
    const uploadPeak = weight.peak();
    await call('POST', `/${id}/survey`, {});
    const { survey } = await until(id, 'to_confirm');
    const surveyed = performance.now();
    await call('POST', `/${id}/confirm`, {});
    const { accepted } = await until(id, 'done');
    const done = performance.now();
    const events = survey?.events ?? 0;
    if (accepted !== events) throw new Error(`${accepted} of ${events} events were accepted`);
    const { body } = await service.get(
      `/v1/creators/${creator}/kpis?names=orders,units,grossSales,sellerDiscounts,platformDiscounts&from=2025-11-01&to=2026-11-30&grain=total`,
    );
    const totals = Object.fromEntries((body.series as { name: string; total: number }[]).map(({ name, total }) => [name, total]));
    const minor = 100;
    const { paidOrders, units, grossSales, sellerDiscounts, platformDiscounts } = truth;
    const expected = {
      orders: paidOrders,
      units,
      grossSales: grossSales * minor,
      sellerDiscounts: sellerDiscounts * minor,
      platformDiscounts: platformDiscounts * minor,
    };
    for (const [name, value] of Object.entries(expected))
      if (totals[name] !== value) throw new Error(`${name} is ${totals[name]}, the file holds ${value}`);
    const seconds = (from: number, to: number) => rounded((to - from) / 1000, 1);
    return {
      rows: truth.rows,
      events,
      uploadSeconds: seconds(began, uploaded),
      surveySeconds: seconds(uploaded, surveyed),
      loadSeconds: seconds(surveyed, done),
      wholeSeconds: seconds(began, done),
      'durable (events/s)': rounded(events / ((done - surveyed) / 1000), 0),
      'durable, dry run included (events/s)': rounded(events / ((done - began) / 1000), 0),
      idleMB: Math.round(weight.idle),
      uploadPeakMB: Math.round(uploadPeak),
      peakMB: Math.round(weight.peak()),
    };
  } finally {
    await service.stop();
  }
}

const [file = ''] = process.argv.slice(2);
console.log(JSON.stringify(await importFile(JSON.parse(file) as LargeFile)));
process.exit(0);
