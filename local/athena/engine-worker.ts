/** The process that DuckDB runs in: it answers one message after another, several at once, and ends with whoever started it. */
import { type Engine, openEngine, type Put } from './engine.ts';
import type { EngineCall, EngineProcessOptions, EngineReply } from './engine-process.ts';
import { QueryError } from './errors.ts';
import { makePut } from './upload.ts';

const stopping = new Map<number, AbortController>();
let opened: { engine: Engine; put: Put } | undefined;

function open({ catalog, storageDir, stateDir, s3, region }: EngineProcessOptions): void {
  const put = makePut(s3, region);
  opened = { engine: openEngine({ catalog, storageDir, stateDir, put }), put };
}

const reply = (message: EngineReply): void => void process.send?.(message);

async function answer({ id, ...call }: EngineCall): Promise<void> {
  try {
    if (call.does === 'open') return open(call.options);
    if (call.does === 'stop') return stopping.get(call.of)?.abort();
    if (!opened) throw new Error('the engine is asked before it is open');
    const { engine, put } = opened;
    if (call.does === 'put') {
      await put(call.bucket, call.key, call.body);
      return reply({ id });
    }
    const stop = new AbortController();
    stopping.set(id, stop);
    reply({ id, answer: await engine.query(call.sql, call.values, { ...call.options, signal: stop.signal }) });
  } catch (reason) {
    const message = reason instanceof Error ? reason.message : String(reason);
    reply({ id, fault: { message, ...(reason instanceof QueryError ? { code: reason.code } : {}) } });
  } finally {
    stopping.delete(id);
  }
}

process.on('message', (call: EngineCall) => void answer(call));
// Whoever started it is gone, or has no more work for it.
process.on('disconnect', () => process.exit());
// Ctrl-C reaches every process of a terminal; the order in which they end is the runtime's.
process.on('SIGINT', () => {});
