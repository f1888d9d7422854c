/** How do TikTok Shop's own figures read as events? As content days: of the shop, a product, a video or a LIVE, each on a local day. */
import type { CloudEvent } from '../../events/parse.ts';
import { encodeId } from '../../events/subject.ts';
import { addDays, dayOf, toLocal } from '../../time.ts';
import { tally } from '../files/import-report.ts';
import type { Notes } from '../mapping-notes.ts';
import { amountOf, countOf, listOf, objectOf, type Raw, requireText, requireTime, textOf } from '../record.ts';
import { eventOf, type Shop } from './shop.ts';

/** A ratio of one: videos write "0.0528", LIVEs "13.99%". Undefined for other text. */
export function ratioOf(value: unknown): number | undefined {
  const [, digits, percent] = /^(\d+(?:\.\d+)?)(%?)$/.exec(textOf(value) ?? '') ?? [];
  return digits === undefined ? undefined : Number((Number(digits) / (percent ? 100 : 1)).toFixed(8));
}

/** GMV as the platform counts it: paid orders, cancelled and refunded ones included. */
function gmvOf(value: unknown): { gmv: number; currency: string } | undefined {
  const { amount, currency } = objectOf(value);
  const code = textOf(currency);
  const gmv = code && amountOf(amount, code);
  return code && typeof gmv === 'number' ? { gmv, currency: code } : undefined;
}

interface Day {
  kind: 'shop' | 'product' | 'video' | 'live';
  id: string;
  day: string;
  data: CloudEvent['data'];
}

/** They say no time of change: the time of reading (ms) is the version, so a later reading corrects an earlier one. */
const contentDay = ({ kind, id, day, data }: Day, shop: Shop, readAt: number): CloudEvent =>
  eventOf(shop, { entity: 'content-day', subject: `content/${kind}/${encodeId(id)}/${day}`, version: readAt, data });

/** The platform has figures up to and with this day; a later one would be taken for a day without sales. */
function isAvailable(answer: Raw, day: string, what: string, notes: Notes): boolean {
  const latest = textOf(answer.latest_available_date);
  if (latest === undefined || day <= latest) return true;
  tally(notes.skipped, `${what} of a day that is not available yet`, day);
  return false;
}

/** Days of the shop (`data` of shop performance, granularity 1D); intervals of several days are left out and counted. */
export function shopDayEvents(answer: Raw, shop: Shop, readAt: number, notes: Notes): CloudEvent[] {
  return listOf(objectOf(answer.performance).intervals).flatMap((interval) => {
    const day = requireText(interval, 'start_date');
    if (requireText(interval, 'end_date') !== addDays(day, 1)) {
      tally(notes.skipped, 'shop performance of several days', day);
      return [];
    }
    if (!isAvailable(answer, day, 'shop performance', notes)) return [];
    const sales = objectOf(interval.sales);
    const data = {
      ...gmvOf(objectOf(sales.gmv).overall),
      orders: countOf(sales.orders_count),
      views: countOf(objectOf(interval.traffic).avg_page_views),
    };
    return [contentDay({ kind: 'shop', id: shop.shopId, day, data }, shop, readAt)];
  });
}

/** Products on a day (`data` of product performance asked for that day alone). */
export function productDayEvents(answer: Raw, day: string, shop: Shop, readAt: number, notes: Notes): CloudEvent[] {
  if (!isAvailable(answer, day, 'product performance', notes)) return [];
  return listOf(answer.products).map((product) => {
    const { gmv, orders } = objectOf(product.overall_performance);
    const data = { ...gmvOf(gmv), orders: countOf(orders) };
    return contentDay({ kind: 'product', id: requireText(product, 'id'), day, data }, shop, readAt);
  });
}

/** Videos on a day (`data` of video performance asked for that day alone). */
export function videoDayEvents(answer: Raw, day: string, shop: Shop, readAt: number, notes: Notes): CloudEvent[] {
  if (!isAvailable(answer, day, 'video performance', notes)) return [];
  return listOf(answer.videos).map((video) => {
    const data = {
      views: countOf(video.views),
      orders: countOf(video.sku_orders),
      clickThroughRate: ratioOf(video.click_through_rate),
      ...gmvOf(video.gmv),
    };
    return contentDay({ kind: 'video', id: requireText(video, 'id'), day, data }, shop, readAt);
  });
}

/** LIVEs (`data` of LIVE performance), each on the local day on which it began. `start_time` is text of seconds. */
export function liveEvents(answer: Raw, shop: Shop, readAt: number, notes: Notes): CloudEvent[] {
  return listOf(answer.live_stream_sessions).flatMap((session) => {
    const day = dayOf(toLocal(requireTime(session, 'start_time'), [{ from: '', zone: shop.timeZone }]));
    if (!isAvailable(answer, day, 'LIVE performance', notes)) return [];
    const sales = objectOf(session.sales_performance);
    const interaction = objectOf(session.interaction_performance);
    const data = {
      views: countOf(interaction.views),
      clicks: countOf(interaction.product_clicks),
      orders: countOf(sales.sku_orders),
      clickThroughRate: ratioOf(interaction.click_through_rate),
      ...gmvOf(sales.gmv),
    };
    return [contentDay({ kind: 'live', id: requireText(session, 'id'), day, data }, shop, readAt)];
  });
}
