/** In which words does a query fail? Those of Athena where it has them, our own where the embedded one knows less. */

/** A query that ends in FAILED; `code` stands before the message, as in Athena's StateChangeReason. */
export class QueryError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(`${code}: ${message}`);
    this.code = code;
  }
}

/** SQL whose meaning here is not known to be Trino's: it fails rather than answer something else. */
export const notKnown = (what: string, remedy = ''): QueryError =>
  new QueryError('FUNCTION_NOT_SUPPORTED_HERE', `${what} is not known to the embedded Athena.${remedy && ` ${remedy}`}`);

/** A request that Athena refuses before there is a query. */
export class RequestError extends Error {
  readonly type: string;
  constructor(message: string, type = 'InvalidRequestException') {
    super(message);
    this.type = type;
  }
}
