/** Which refusals must read the same wherever they come from? */
import { ApiError } from '../errors.ts';

/** Said of an unknown creator and of another tenant's alike, so that nobody learns which ids exist. */
export const noSuchCreator = (): ApiError => new ApiError('not_found', 'There is no such creator.');
