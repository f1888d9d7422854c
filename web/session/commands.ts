/** Which commands bring numbers in? Whole ones, to be copied as they stand: for this runtime and its folder, or for a service elsewhere. */

export interface Place {
  /** Where the service answers. */
  origin: string;
  /** Data folder of the embedded runtime, as its commands take it; undefined for a service elsewhere. */
  dataDir: string | undefined;
}

/** The folder that a checkout keeps its data in unless told otherwise. */
const usualFolder = '.data';
/** A whole small example that comes along. */
export const sampleFolder = 'samples/old-shop';

/** As one word for a shell. */
const quoted = (text: string): string => (/^[\w./:~@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);

function flagsOf({ origin, dataDir }: Place): string {
  if (dataDir === undefined) return ` --to ${quoted(origin)}`;
  return dataDir === usualFolder ? '' : ` --data-dir ${quoted(dataDir)}`;
}

/** Brings the sample in. */
export const importSample = (place: Place): string => `npm run import -- csv ${sampleFolder}${flagsOf(place)}`;

/** Brings own files in: a folder that begins as a copy of the sample. */
export const importOwn = (place: Place): string =>
  [`cp -r ${sampleFolder} my-shop`, `npm run import -- csv my-shop${flagsOf(place)}`].join('\n');

/** Starts the demo beside what runs: in a folder and at a port of its own. */
export function startDemo({ origin }: Place): string {
  const port = Number(new URL(origin).port || '8787') + 1;
  return `npm start -- --data-dir .demo --port ${port > 65_535 ? 8787 : port}`;
}

export interface Sender {
  creatorId: string;
  /** Of a creator that is known; one who is not is introduced first. */
  currency: string | undefined;
  timeZone: string;
  /** Instant (ISO) of the order. */
  now: string;
}

const event = (entity: string, subject: string, { creatorId, now }: Sender, data: object): object => ({
  specversion: '1.0',
  id: `${subject}-1`,
  source: '/my-program',
  type: `dev.creatoranalytics.${entity}.updated.v1`,
  subject,
  time: now,
  creatorid: creatorId,
  entityversion: Date.parse(now),
  data,
});

/** Sends an order with nothing but curl. */
export function sendOrder(place: Place, sender: Sender): string {
  const { creatorId, currency, timeZone, now } = sender;
  const introduced = event('creator', `creator/${creatorId}`, sender, { name: creatorId, timeZone, currency: 'USD' });
  const order = event('order', 'order/1', sender, {
    status: 'paid',
    placedAt: now,
    paidAt: now,
    currency: currency ?? 'USD',
    lines: [{ productId: 'p-1', title: 'First product', quantity: 1, unitPrice: 1999 }],
  });
  const events = [...(currency === undefined ? [introduced] : []), order].map((each) => JSON.stringify(each));
  const token =
    place.dataDir === undefined ? [] : [`CREATOR_ANALYTICS_TOKEN=$(npm run --silent token -- --role service${flagsOf(place)})`];
  return [
    ...token,
    `curl -s ${quoted(`${place.origin}/v1/events`)} -H "Authorization: Bearer $CREATOR_ANALYTICS_TOKEN" \\`,
    `  -H 'Content-Type: application/cloudevents-batch+json' -d '[${events.join(',\n  ')}]'`,
  ].join('\n');
}
