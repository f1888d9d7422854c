/** Where does a record stand in a creator's stream? A text that sorts: epoch, then length, then digits of the sequence number. */

/**
 * Sequence numbers have 56 digits and up to 129, more than a DynamoDB number holds, and a longer one is a later one; a new stream
 * starts again from the bottom, so its epoch comes first.
 */
export const sequenceOf = (epoch: number, sequenceNumber: string): string =>
  `${String(epoch).padStart(4, '0')}:${String(sequenceNumber.length).padStart(3, '0')}:${sequenceNumber}`;

/** The n-th record of history loaded in bulk: before every stream (their epochs begin at 1). */
export const bulkSeq = (n: number): string => sequenceOf(0, String(n).padStart(12, '0'));
