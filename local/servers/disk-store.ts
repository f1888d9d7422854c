/** How does a store on disk come back after its disk was full? It is closed, its requests are answered 503, and it is opened again. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { hasRoom, isDiskFailure } from '../disk-room.ts';

export interface OpenStore {
  handle: RequestListener;
  close(): Promise<void>;
}

export interface DiskStoreOptions {
  /** Its folder. */
  path: string;
  open(): OpenStore;
  log?: (line: string) => void;
  /** Whether the disk takes as much as opening needs. */
  isRoomy?: (path: string) => boolean;
  /** Ms between two looks at the disk. */
  every?: number;
}

export interface DiskStore {
  handle: RequestListener;
  /** To be called with whatever the store threw: true where it was the disk, and the store is being opened again. */
  failed(reason: unknown): boolean;
  close(): Promise<void>;
}

const closeTimeoutMs = 5_000;

/**
 * TRICKY: LevelDB goes on behind a write of which only a part reached the disk, and its next start then drops what follows that part,
 * though it was acknowledged. So nothing is written after a failure until the store was opened again: opening reads the log up to
 * the torn write, which nobody was told to be there, and begins a new one.
 */
export function openDiskStore({ path, open, log = () => {}, isRoomy = hasRoom, every = 500 }: DiskStoreOptions): DiskStore {
  const waiting = new Set<ServerResponse>();
  const closing = new AbortController();
  let store: OpenStore | undefined = open();
  let reopening: Promise<void> | undefined;

  async function reopen(broken: OpenStore): Promise<void> {
    await Promise.race([broken.close().catch(() => {}), wait(closeTimeoutMs, undefined, { ref: false })]);
    while (!closing.signal.aborted && !isRoomy(path)) await wait(every, undefined, { ref: false });
    if (closing.signal.aborted) return;
    store = open();
    log(`The disk of ${path} has room again: the store was opened again, and what waited goes on.`);
  }

  return {
    handle: (request, response) => {
      if (!store) return refuse(response);
      waiting.add(response);
      response.on('close', () => waiting.delete(response));
      response.on('finish', () => waiting.delete(response));
      store.handle(request as IncomingMessage, response);
    },
    failed: (reason) => {
      if (!isDiskFailure(reason)) return false;
      const broken = store;
      if (!broken) return true;
      store = undefined;
      for (const response of waiting) refuse(response);
      waiting.clear();
      log(
        `The disk of ${path} is full. Nothing that was accepted is lost; requests are answered 503 until there is room. ` +
          'Free some space: the service goes on by itself.',
      );
      reopening = reopen(broken);
      return true;
    },
    close: async () => {
      closing.abort();
      await reopening;
      await store?.close();
    },
  };
}

/** What SDK clients take for a failure that passes. */
function refuse(response: ServerResponse): void {
  if (response.headersSent) return void response.destroy();
  response.statusCode = 503;
  response.setHeader('content-type', 'application/x-amz-json-1.1');
  response.end('{"__type":"ServiceUnavailable","message":"The disk of this store is full."}');
}
