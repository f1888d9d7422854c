/** What carrier services send: a body and its signature, as each of them makes it. */
import { createHmac } from 'node:crypto';
import { type Service, signing } from './world.ts';

/** A status at a time (ISO), in the service's own words. */
export interface Said {
  status: string;
  at: string;
}

const last = (said: Said[]): Said => said.at(-1) as Said;

/** A message about a parcel; `id` is the service's own, where it has one. */
export function bodyOf(service: Service, carrier: string, code: string, said: Said[], id = `m-${last(said).at}`): string {
  if (service === 'easypost')
    return JSON.stringify({
      id,
      object: 'Event',
      description: 'tracker.updated',
      result: {
        object: 'Tracker',
        tracking_code: code,
        carrier,
        status: last(said).status,
        updated_at: last(said).at,
        tracking_details: said.map(({ status, at }) => ({ status, datetime: at, tracking_location: { city: 'Houston' } })),
      },
    });
  if (service === 'aftership')
    return JSON.stringify({
      event: 'tracking_update',
      event_id: id,
      msg: {
        tracking_number: code,
        slug: carrier,
        tag: last(said).status,
        updated_at: last(said).at,
        checkpoints: said.map(({ status, at }) => ({ tag: status, checkpoint_time: at })),
      },
    });
  const scans = said.map(({ status, at }) => ({ status, status_date: at }));
  return JSON.stringify({
    event: 'track_updated',
    data: { tracking_number: code, carrier, tracking_status: scans.at(-1), tracking_history: scans },
  });
}

const hmac = (secret: string, ...parts: (string | Buffer)[]) =>
  parts.reduce((hash, part) => hash.update(part), createHmac('sha256', secret));

/** The header with which the service signs; `now` in ms. */
export function signed(
  service: Service,
  body: string | Buffer,
  now: number,
  secret: string = signing[service],
): Record<string, string> {
  if (service === 'easypost')
    return { 'x-hmac-signature': `hmac-sha256-hex=${hmac(secret.normalize('NFKD'), body).digest('hex')}` };
  if (service === 'aftership') return { 'aftership-hmac-sha256': hmac(secret, body).digest('base64') };
  const t = Math.floor(now / 1000);
  return { 'shippo-auth-signature': `t=${t},v1=${hmac(secret, `${t}.`, body).digest('hex')}` };
}
