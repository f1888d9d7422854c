/** How does a connected shop or creator read as an event? As the profile of the tenant: name, currency, zone and country; never a cipher or a token. */
import type { CloudEvent } from '../../events/parse.ts';
import { type Raw, requireText } from '../record.ts';
import { markets } from './rules/markets.ts';
import { eventOf } from './shop.ts';

export interface Connection {
  creatorId: string;
  /** When the connection was made (ms): version of the profile. */
  at: number;
  /** What the seller said; the zone of the market where absent. */
  timeZone?: string;
}

function profileOf(id: string, name: string, region: string, { creatorId, at, timeZone }: Connection): CloudEvent {
  const market = markets[region];
  if (!market) throw new RangeError(`region ${region} is not known: add its currency and time zone to the markets`);
  const data = { name: name.slice(0, 200), timeZone: timeZone ?? market.timeZone, currency: market.currency, country: region };
  const shop = { creatorId, shopId: id, timeZone: data.timeZone, buyerSecret: '', connectedAt: at };
  return eventOf(shop, { entity: 'creator', subject: `creator/${creatorId}`, version: at, data });
}

/** A shop (`data.shops[]` of authorised shops). Throws RangeError where its region is not known. */
export const shopProfile = (shop: Raw, connection: Connection): CloudEvent =>
  profileOf(requireText(shop, 'id'), requireText(shop, 'name'), requireText(shop, 'region'), connection);

/** A creator (`data` of creator profile). There is no count of followers and no tier in it. Throws RangeError as `shopProfile` does. */
export const creatorProfile = (profile: Raw, connection: Connection): CloudEvent =>
  profileOf(
    requireText(profile, 'creator_user_open_id'),
    requireText(profile, 'username'),
    requireText(profile, 'register_region'),
    connection,
  );
