/** How does an open page notice at once that something changed, and ask rarely while nothing does? One question is asked again and again; the others follow it. */
import { type QueryClient, type QueryKey, queryOptions, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { DashboardAnswer } from '../../shared/reports/dashboard.ts';
import type { CreatorAnswer } from '../../shared/reports/profile.ts';
import { toLocal } from '../../shared/time.ts';
import { titled } from '../formatting/kpis.ts';
import { type Api, ofCreator } from './api.ts';
import { useApi } from './api-context.tsx';
import { serverNow } from './clock.ts';

/** How far an answer reaches. */
interface Reach {
  asOf: string | null;
  lagSeconds: number;
}

/** Where nothing waits, it is asked again after so long (ms): what comes in just after an answer is on the screen by then. */
const longestPause = 9_000;
/** The stream gathers events for five seconds: by then (ms) one of them is applied. */
const untilApplied = 6_000;
/** Of a busy shop it is looked for after so long (ms): one answer shows many events. */
const untilShown = 7_500;
const shortestPause = 2_000;
/** Pause (ms) while something is stuck, or the service fails. */
const troubledPause = 5_000;
/** The newest event of a quiet shop is older (ms). */
const quietAfter = 60_000;

/**
 * Milliseconds until the dashboard is asked again. While an event waits, its age says when to look: of a quiet shop as soon as it should be
 * applied, of a busy one somewhat later.
 * @param now by the server's clock (ms)
 */
export function pauseAfter({ asOf, lagSeconds }: Reach, now: number): number {
  const waits = lagSeconds * 1000;
  if (waits === 0) return longestPause;
  if (waits >= longestPause) return troubledPause;
  const isQuiet = asOf === null || now - Date.parse(asOf) > quietAfter;
  return Math.max((isQuiet ? untilApplied : untilShown) - waits, shortestPause);
}

/** What is not of today is asked for at most so often (ms). */
export const seldomEvery = 30_000;

const pathOf = (creatorId: string): string => ofCreator(creatorId, '/dashboard');
const liveKey = (creatorId: string): QueryKey => [pathOf(creatorId), { only: 'today' }];
const wholeKey = (creatorId: string): QueryKey => [pathOf(creatorId), {}];

/** Does an answer hold what the headline and the orders at risk kept from before do not? */
const isNews = (whole: DashboardAnswer, live: DashboardAnswer): boolean =>
  whole.asOf !== live.asOf ||
  whole.today.day !== live.today.day ||
  JSON.stringify(whole.atRisk?.breakdown) !== JSON.stringify(live.atRisk?.breakdown);

/** Asks for today alone, and for the whole dashboard where that is shown and has changed. */
async function askLive(api: Api, client: QueryClient, creatorId: string, signal: AbortSignal): Promise<DashboardAnswer> {
  const path = pathOf(creatorId);
  const known = client.getQueryData<DashboardAnswer>(liveKey(creatorId));
  const kept = client.getQueryCache().find<DashboardAnswer>({ queryKey: wholeKey(creatorId), exact: true });
  const isWholeWanted = (live: DashboardAnswer): boolean => {
    if (!kept?.getObserversCount()) return false;
    const { data, dataUpdatedAt } = kept.state;
    return !data || (isNews(data, live) && Date.now() - dataUpdatedAt >= seldomEvery);
  };
  const askWhole = async (): Promise<DashboardAnswer> => {
    const answer = await api.get<DashboardAnswer>(path, undefined, signal);
    client.setQueryData(wholeKey(creatorId), answer);
    return answer;
  };
  if (!known || isWholeWanted(known)) return askWhole();
  const answer = await api.get<DashboardAnswer>(path, { only: 'today' }, signal);
  return isWholeWanted(answer) ? askWhole() : answer;
}

export const liveOf = (api: Api, creatorId: string) =>
  queryOptions({
    queryKey: liveKey(creatorId),
    queryFn: ({ client, signal }) => askLive(api, client, creatorId, signal),
    refetchInterval: ({ state: { data, status } }) =>
      data && status !== 'error' ? pauseAfter(data, serverNow()) : troubledPause,
  });

/** Today's numbers, orders at risk and freshness: the one question that a page that stands open asks by itself. */
export const useLive = (creatorId: string, isWanted = true) =>
  useQuery({ ...liveOf(useApi(), creatorId), enabled: isWanted, select: inWords });

/** Its numbers by their names in the language of the page. */
const inWords = (answer: DashboardAnswer): DashboardAnswer => ({
  ...answer,
  headline: answer.headline.map(titled),
  today: { ...answer.today, kpis: answer.today.kpis.map(titled) },
});

/** The whole first screen: today as it is now, beside the headline and the most urgent orders as they were asked for last. */
export function useDashboard(creatorId: string) {
  // Filled by the question above.
  const { data: whole } = useQuery<DashboardAnswer>({ queryKey: wholeKey(creatorId), enabled: false, select: inWords });
  const { data: live, error, refetch } = useLive(creatorId);
  const isMissing = live !== undefined && whole === undefined;
  useEffect(() => {
    if (isMissing) void refetch();
  }, [isMissing, refetch]);
  const data = useMemo((): DashboardAnswer | undefined => {
    if (!live || !whole) return undefined;
    const atRisk = live.atRisk && { ...live.atRisk, orders: whole.atRisk?.orders };
    return { ...live, headline: whole.headline, atRisk };
  }, [live, whole]);
  return { data, error, refetch };
}

/** What was known when a question was answered; where the same is known now, the same would be answered. */
const answeredAt = new WeakMap<object, string>();

/** All that an answer depends on, as the live answer tells it; undefined where it does not tell it for certain. */
function knownNow(client: QueryClient, creatorId: string, until: string): string | undefined {
  const { data: live, dataUpdatedAt = 0 } = client.getQueryState<DashboardAnswer>(liveKey(creatorId)) ?? {};
  if (!live || live.lagSeconds > 0 || Date.now() - dataUpdatedAt > longestPause + troubledPause) return undefined;
  const profile = client.getQueryData<CreatorAnswer>([ofCreator(creatorId), {}]);
  const { asOf, timeZone, currency, definitionVersion } = live;
  const local = toLocal(serverNow(), [{ from: '', zone: timeZone }]);
  // Days that run are compared to the minute.
  const clock = until < local.slice(0, 10) ? local.slice(0, 10) : local.slice(0, 16);
  return JSON.stringify([asOf, timeZone, currency, definitionVersion, profile?.preferences, clock]);
}

export interface Following<Answer> {
  creatorId: string;
  /** The last day that the question is about. */
  until: string;
  reachOf: (answer: Answer) => Reach;
  ask: () => Promise<Answer>;
}

/** Asks a question again only where the live answer says that something changed since; else what was answered stands. */
export async function askIfChanged<Answer>(
  { client, queryKey }: { client: QueryClient; queryKey: QueryKey },
  { creatorId, until, reachOf, ask }: Following<Answer>,
): Promise<Answer> {
  const query = client.getQueryCache().find<Answer>({ queryKey, exact: true });
  const { data, isInvalidated } = query?.state ?? {};
  const known = knownNow(client, creatorId, until);
  if (query && data !== undefined && !isInvalidated && known !== undefined && answeredAt.get(query) === known) return data;
  const answer = await ask();
  const { asOf, lagSeconds } = reachOf(answer);
  const isOfKnown = client.getQueryData<DashboardAnswer>(liveKey(creatorId))?.asOf === asOf;
  if (query && known !== undefined && lagSeconds === 0 && isOfKnown) answeredAt.set(query, known);
  else if (query) answeredAt.delete(query);
  return answer;
}
