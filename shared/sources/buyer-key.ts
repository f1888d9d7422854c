/** Who bought, without saying who? A keyed hash: the same buyer of a creator has the same key, and nobody without the secret finds the buyer. */
import { createHmac } from 'node:crypto';

/** `buyerId` is the vendor's id of the buyer; `secret` stays with the service. 22 characters of base64url. */
export const buyerKeyOf = (secret: string, creatorId: string, buyerId: string): string =>
  createHmac('sha256', secret).update(`${creatorId}:${buyerId}`).digest('base64url').slice(0, 22);
