/** Where do the bytes of a file go, and what is known of them at the end? */
import { createHash } from 'node:crypto';

/** Takes the bytes of one file in order. `write` resolves when more may come: a writer that waits for it stays small. */
export interface Sink {
  write(bytes: Uint8Array): Promise<void>;
}

export interface Measured extends Sink {
  /** Bytes so far, and their SHA-256 in hex. Ask once, at the end. */
  result(): { bytes: number; sha256: string };
}

/** Measures what passes on its way to another sink. */
export function measure(sink: Sink): Measured {
  const hash = createHash('sha256');
  let bytes = 0;
  return {
    write: (some) => {
      hash.update(some);
      bytes += some.length;
      return sink.write(some);
    },
    result: () => ({ bytes, sha256: hash.digest('hex') }),
  };
}

export interface TextSink {
  /** Adds text; awaiting it only matters when something is returned: then enough has gathered to be handed on. */
  add(text: string): Promise<void> | undefined;
  end(): Promise<void>;
}

const enough = 256 * 1024;

/** Gathers text into larger pieces before they become bytes: a million small writes would cost more than the rows. */
export function textSink(sink: Sink): TextSink {
  let gathered = '';
  const flush = (): Promise<void> => {
    const bytes = Buffer.from(gathered);
    gathered = '';
    return sink.write(bytes);
  };
  return {
    add: (text) => {
      gathered += text;
      return gathered.length >= enough ? flush() : undefined;
    },
    end: async () => {
      if (gathered) await flush();
    },
  };
}
