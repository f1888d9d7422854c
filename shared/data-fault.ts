/** Is this failure the data's own, so that the same request can never succeed? The opposite of an outage; told by its kind, never by its words. */

/** What a store says of a request whose content it does not take: too large, too long, out of range, no text. */
const refusedContent = new Set([
  'ValidationException',
  'SerializationException',
  'ItemCollectionSizeLimitExceededException',
  'KeyTooLongError',
  'EntityTooLarge',
  'MetadataTooLarge',
  'InvalidURI',
]);
/** What this code says when it cannot lay data out: no integer, too deep, too long, bytes that are damaged. */
const ofLayout: readonly (new () => Error)[] = [RangeError, SyntaxError, TypeError];
const damaged = new Set(['Z_DATA_ERROR', 'Z_BUF_ERROR', 'ERR_STRING_TOO_LONG']);

/** A record that a store refuses for what it holds, found among the others of a write. */
export class RecordFault extends Error {
  readonly seq: string;

  constructor(seq: string, reason: string) {
    super(reason);
    this.name = 'RecordFault';
    this.seq = seq;
  }
}

/**
 * Whether sending the same again would fail for ever. Throttling, timeouts, 5xx, missing rights and whatever else is not known to be
 * the data's fault are none: they are retried without end, and nothing is quarantined for them.
 */
export function isDataFault(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { name, code, $metadata, $response } = error as Error & {
    code?: string;
    $metadata?: { httpStatusCode?: number };
    $response?: unknown;
  };
  if (refusedContent.has(name)) return ($metadata?.httpStatusCode ?? 400) === 400 || $metadata?.httpStatusCode === 413;
  // An answer that could not be read, a page of a proxy for one, says nothing of what was sent.
  if ($metadata !== undefined || $response !== undefined) return false;
  if (code !== undefined) return damaged.has(code);
  return ofLayout.some((kind) => error instanceof kind);
}
