/** What does a function open that takes events in? Table, stream, and where tracking numbers lead, by names of its environment. */
import { trackWith } from '../shared/connections/parcels.ts';
import { openVendorKeys } from '../shared/connections/vendor-keys.ts';
import type { Collector } from '../shared/ingest/accept.ts';
import { openSecrets } from '../shared/store/secrets.ts';
import { openTable } from '../shared/store/table.ts';
import { openStream } from '../shared/stream/put.ts';

/** `keys` where they are open already. The keys are read once a shipment brings its tracking number, not before. */
export function openCollector(
  variable: (name: string) => string,
  keys = openVendorKeys(openSecrets(), variable('VENDOR_KEYS')),
): Collector {
  const table = openTable(variable('TABLE_NAME'));
  return {
    table,
    stream: openStream(variable('STREAM_NAME')),
    epoch: Number(variable('STREAM_EPOCH')),
    latestMarks: new Map(),
    track: trackWith(table, keys),
  };
}
