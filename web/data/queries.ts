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
import type { Api, Query } from './api.ts';
import { useApi } from './api-context.tsx';

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

/** Today's numbers are asked for so often (ms) while the page is looked at; others when they may have changed. */
const liveEvery = 5_000;
const seldomEvery = 30_000;

export const ofCreator = (creatorId: string, rest = ''): string => `/creators/${encodeURIComponent(creatorId)}${rest}`;

const ask = <Answer>(api: Api, path: string, query?: Query, every?: number) =>
  queryOptions({
    queryKey: [path, query ?? {}],
    queryFn: ({ signal }) => api.get<Answer>(path, query, signal),
    ...(every ? { refetchInterval: every } : {}),
  });

/** Its numbers by their names in the language of the page. */
const inWords = (answer: DashboardAnswer): DashboardAnswer => ({
  ...answer,
  headline: answer.headline.map(titled),
  today: { ...answer.today, kpis: answer.today.kpis.map(titled) },
});

const dashboardOf = (api: Api, creatorId: string) =>
  ask<DashboardAnswer>(api, ofCreator(creatorId, '/dashboard'), undefined, liveEvery);

/** Every screen of a creator begins with these two: asked for while the page is still being made. */
export function askAhead(client: QueryClient, api: Api, creatorId: string): void {
  void client.prefetchQuery(ask<CreatorAnswer>(api, ofCreator(creatorId)));
  void client.prefetchQuery(dashboardOf(api, creatorId));
}

export const useDashboard = (creatorId: string, isWanted = true) =>
  useQuery({
    ...dashboardOf(useApi(), creatorId),
    enabled: isWanted,
    select: inWords,
  });

/** A creator who is not there yet may be in a moment: asked again until then. */
export const useProfile = (creatorId: string) =>
  useQuery({
    ...ask<CreatorAnswer>(useApi(), ofCreator(creatorId)),
    staleTime: 60_000,
    refetchInterval: ({ state }) => (state.status === 'error' ? liveEvery : false),
  });

/** The days that have numbers, for a screen that has none: they may be coming in just now. */
export const useDataDays = (creatorId: string, isWanted = true) =>
  useQuery({
    ...ask<CreatorAnswer>(useApi(), ofCreator(creatorId), undefined, liveEvery),
    staleTime: liveEvery,
    enabled: isWanted,
  });

/** The dictionary's numbers by their names in the language of the page. */
const inTitles = (answer: Dictionary): Dictionary => ({ ...answer, kpis: answer.kpis.map(titled) });

/** The dictionary changes with a deployment only. */
export const useDictionary = () => useQuery({ ...ask<Dictionary>(useApi(), '/kpis'), staleTime: 600_000, select: inTitles });

/** The title of a KPI by its name; the name itself until the dictionary is there. */
export function useKpiTitle(): (name: string) => string {
  const { data } = useDictionary();
  return (name) => data?.kpis.find((kpi) => kpi.name === name)?.title ?? name;
}

export const useKpis = (creatorId: string, query: Query | undefined) =>
  useQuery({
    ...ask<KpisAnswer>(useApi(), ofCreator(creatorId, '/kpis'), query, seldomEvery),
    enabled: query !== undefined,
    // What was there stays until the next is there: a change of range must not make the page jump.
    placeholderData: keepPreviousData,
  });

export const useAtRisk = (creatorId: string) =>
  useQuery(ask<OrdersAnswer>(useApi(), ofCreator(creatorId, '/orders'), { atRisk: 'true', limit: 5 }, seldomEvery));

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
    refetchInterval: ({ state }) => (state.data?.creators.length === 0 ? liveEvery : false),
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
