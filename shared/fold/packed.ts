/** How is an entity laid out in bytes? Its parts and what they contributed as deflated JSON: half the size, and a write unit is a kilobyte. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Facts } from '../events/entity.ts';
import type { Part, Row, StoredEntity } from './parts.ts';

type PackedPart = [version: number, definitions: number, profile: number, hash: string, facts: Facts];
type State = Pick<StoredEntity, 'parts' | 'contributions'>;

export function packState({ parts, contributions }: State): Uint8Array {
  const packed = Object.fromEntries(
    Object.entries(parts).map(([name, { version, definitions, profile, hash, facts }]): [string, PackedPart] => [
      name,
      [version, definitions, profile, hash, facts],
    ]),
  );
  return deflateRawSync(JSON.stringify({ parts: packed, told: contributions }));
}

/** Throws where the bytes are damaged. */
export function unpackState(bytes: Uint8Array): State {
  const { parts: packed, told: contributions } = JSON.parse(inflateRawSync(bytes).toString()) as {
    parts: { [name: string]: PackedPart };
    told: Row[];
  };
  const parts = Object.fromEntries(
    Object.entries(packed).map(([name, [version, definitions, profile, hash, facts]]): [string, Part] => [
      name,
      { version, definitions, profile, hash, facts },
    ]),
  );
  return { parts, contributions };
}
