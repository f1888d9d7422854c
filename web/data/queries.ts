/** What does a screen ask for? One hook a question, each with what it stands on and how often it is asked again. */
import {
  infiniteQueryOptions,
  keepPreviousData,
  type QueryClient,
  queryOptions,
  useQueries,
  useQuery,
} from '@tanstack/react-query';
import type * as z from 'zod';
import type { ExportScheduleAnswer } from '../../shared/api/export-schedules.ts';
import type { ExportJobAnswer } from '../../shared/api/exports.ts';
import type { dictionaryAnswer } from '../../shared/api/kpis.ts';
import type { SavedViews } from '../../shared/api/saved-views.ts';
import type { CreatorsAnswer } from '../../shared/reports/creators.ts';
import type { DashboardAnswer } from '../../shared/reports/dashboard.ts';
import type { KpisAnswer } from '../../shared/reports/kpis.ts';
import type { OrderRow } from '../../shared/reports/order-row.ts';
import type { OrdersAnswer } from '../../shared/reports/orders.ts';
import type { ProductsAnswer } from '../../shared/reports/products.ts';
import type { CreatorAnswer, ProfileAnswer } from '../../shared/reports/profile.ts';
import { titled } from '../formatting/kpis.ts';
import { type Api, ofCreator, type Query } from './api.ts';
import { useApi } from './api-context.tsx';
import { askIfChanged, liveOf, seldomEvery } from './live.ts';

export type Dictionary = z.infer<typeof dictionaryAnswer>;
export type DictionaryKpi = Dictionary['kpis'][number];
export type Series = KpisAnswer['series'][number];
export type {
  CreatorAnswer,
  DashboardAnswer,
  ExportJobAnswer,
  ExportScheduleAnswer,
  KpisAnswer,
  OrderRow,
  OrdersAnswer,
  ProfileAnswer,
};

/** What is waited for is asked about so often (ms). */
const soonEvery = 5_000;

const ask = <Answer>(api: Api, path: string, query?: Query, every?: number) =>
  queryOptions({
    queryKey: [path, query ?? {}],
    queryFn: ({ signal }) => api.get<Answer>(path, query, signal),
    ...(every ? { refetchInterval: every } : {}),
  });

/** Every screen of a creator begins with these two: asked for while the page is still being made. */
export function askAhead(client: QueryClient, api: Api, creatorId: string): void {
  void client.prefetchQuery(ask<CreatorAnswer>(api, ofCreator(creatorId)));
  void client.prefetchQuery(liveOf(api, creatorId));
}

/** A creator who is not there yet may be in a moment: asked again until then. */
export const useProfile = (creatorId: string) =>
  useQuery({
    ...ask<CreatorAnswer>(useApi(), ofCreator(creatorId)),
    staleTime: 60_000,
    refetchInterval: ({ state }) => (state.status === 'error' ? soonEvery : false),
  });

const reachOfSources = ({ sources }: CreatorAnswer) => ({
  asOf: sources[0]?.asOf ?? null,
  lagSeconds: Math.max(0, ...sources.map(({ lagSeconds }) => lagSeconds)),
});

/** The days that have numbers, for a screen that has none: they may be coming in just now. */
export function useDataDays(creatorId: string, isWanted = true) {
  const api = useApi();
  const path = ofCreator(creatorId);
  return useQuery({
    ...ask<CreatorAnswer>(api, path, undefined, soonEvery),
    queryFn: (context) =>
      askIfChanged(context, {
        creatorId,
        until: '',
        reachOf: reachOfSources,
        ask: () => api.get<CreatorAnswer>(path, undefined, context.signal),
      }),
    staleTime: soonEvery,
    enabled: isWanted,
  });
}

/** The dictionary's numbers by their names in the language of the page. */
const inTitles = (answer: Dictionary): Dictionary => ({ ...answer, kpis: answer.kpis.map(titled) });

/** The dictionary changes with a deployment only. */
export const useDictionary = () => useQuery({ ...ask<Dictionary>(useApi(), '/kpis'), staleTime: 600_000, select: inTitles });

/** The title of a KPI by its name; the name itself until the dictionary is there. */
export function useKpiTitle(): (name: string) => string {
  const { data } = useDictionary();
  return (name) => data?.kpis.find((kpi) => kpi.name === name)?.title ?? name;
}

/** A sign of change: while it stays, an answer is asked for so much more seldom (ms). */
export interface Sign {
  of: string;
  every: number;
}

/** Asked again where something was counted, every half minute at most; with a sign, as soon as that changes. */
export function useKpis(creatorId: string, query: Query | undefined, sign?: Sign) {
  const api = useApi();
  const { data: dictionary } = useDictionary();
  const path = ofCreator(creatorId, '/kpis');
  const names = String(query?.names ?? '').split(',');
  const kinds = new Map(dictionary?.kpis.map(({ name, kind }) => [name, kind]));
  // What is counted now, or by a job, changes without an event.
  const isFollowing = !names.some((name) => ['open', 'report'].includes(kinds.get(name) ?? ''));
  return useQuery({
    queryKey: [path, query ?? {}, ...(sign ? [sign.of] : [])],
    queryFn: (context) => {
      const askNow = () => api.get<KpisAnswer>(path, query, context.signal);
      const until = String(query?.to ?? '9999');
      return isFollowing ? askIfChanged(context, { creatorId, until, reachOf: (answer) => answer, ask: askNow }) : askNow();
    },
    refetchInterval: sign?.every ?? seldomEvery,
    enabled: query !== undefined,
    // What was there stays until the next is there: a change of range must not make the page jump.
    placeholderData: keepPreviousData,
  });
}

export const rowsOf = (api: Api, creatorId: string, query: Query) =>
  infiniteQueryOptions({
    queryKey: [ofCreator(creatorId, '/orders'), query],
    queryFn: ({ pageParam, signal }) =>
      api.get<OrdersAnswer>(ofCreator(creatorId, '/orders'), { ...query, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.cursor ?? undefined,
  });

export const useExports = (creatorId: string) =>
  useQuery({
    ...ask<{ exports: ExportJobAnswer[] }>(useApi(), ofCreator(creatorId, '/exports')),
    // A job that runs is looked at every second; otherwise nothing happens here by itself but schedules.
    refetchInterval: ({ state }) =>
      state.data?.exports.some(({ status }) => status === 'queued' || status === 'running') ? 1_000 : seldomEvery,
  });

export const useSchedules = (creatorId: string) =>
  useQuery(ask<{ schedules: ExportScheduleAnswer[] }>(useApi(), ofCreator(creatorId, '/export-schedules')));

export const useCreators = (search: string) =>
  useQuery({
    ...ask<CreatorsAnswer>(useApi(), '/creators', {
      search: search || undefined,
      limit: 100,
      sort: 'most-orders',
    }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    // The first one may come in just now.
    refetchInterval: ({ state }) => (state.data?.creators.length === 0 ? soonEvery : false),
  });

export const useSavedViews = (creatorId: string) => useQuery(ask<SavedViews>(useApi(), ofCreator(creatorId, '/saved-views')));

/** So many products are asked for at once. */
const idsAtOnce = 100;

/** Titles of products by id; those that are not known are left out, and an id is shown instead. */
export function useProductTitles(creatorId: string, ids: readonly string[]): Map<string, string> {
  const api = useApi();
  const wanted = [...ids].sort();
  const chunks = Array.from({ length: Math.ceil(wanted.length / idsAtOnce) }, (_, i) =>
    wanted.slice(i * idsAtOnce, (i + 1) * idsAtOnce),
  );
  return useQueries({
    queries: chunks.map((chunk) => ({
      ...ask<ProductsAnswer>(api, ofCreator(creatorId, '/products'), { ids: chunk.join(',') }),
      placeholderData: keepPreviousData,
      staleTime: 300_000,
    })),
    combine: titlesOf,
  });
}

const titlesOf = (answers: { data?: ProductsAnswer | undefined }[]): Map<string, string> =>
  new Map(answers.flatMap(({ data }) => data?.products.map(({ productId, title }) => [productId, title] as const) ?? []));
