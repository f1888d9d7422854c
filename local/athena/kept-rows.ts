/** How are the rows of an answer kept for whoever asks again? Packed once they were read to their end: a hundredth of the memory. */
import { constants, deflateSync, inflateSync } from 'node:zlib';
import type { Answer } from './engine.ts';

export interface KeptRows {
  readonly length: number;
  slice(from: number, to: number): Answer['rows'];
  /** They are asked for rarely from now on. */
  pack(): void;
}

/** Keeps rows; what is packed is unpacked for each slice. */
export function keepRows(rows: Answer['rows']): KeptRows {
  const { length } = rows;
  let plain: Answer['rows'] | undefined = rows;
  let packed: Buffer | undefined;
  return {
    length,
    slice: (from, to) => (plain ?? (JSON.parse(inflateSync(packed!).toString()) as Answer['rows'])).slice(from, to),
    pack: () => {
      if (plain) packed = deflateSync(JSON.stringify(plain), { level: constants.Z_BEST_SPEED });
      plain = undefined;
    },
  };
}
