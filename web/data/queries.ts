/** What does a screen ask for? One hook a question, each with what it stands on and how often it is asked again. */
import { infiniteQueryOptions, keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import type * as z from 'zod';
import type { ExportScheduleAnswer } from '../../shared/api/export-schedules.ts';
import type { ExportJobAnswer } from '../../shared/api/exports.ts';
import type { dictionaryAnswer } from '../../shared/api/kpis.ts';
import type { CreatorsAnswer } from '../../shared/reports/creators.ts';
import type { DashboardAnswer } from '../../shared/reports/dashboard.ts';
import type { KpisAnswer } from '../../shared/reports/kpis.ts';
import type { OrderRow } from '../../shared/reports/order-row.ts';
import type { OrdersAnswer } from '../../shared/reports/orders.ts';
import type { ProductsAnswer } from '../../shared/reports/products.ts';
import type { ProfileAnswer } from '../../shared/reports/profile.ts';
import type { Api, Query } from './api.ts';
import { useApi } from './api-context.tsx';

export type Dictionary = z.infer<typeof dictionaryAnswer>;
export type DictionaryKpi = Dictionary['kpis'][number];
export type Series = KpisAnswer['series'][number];
export type { DashboardAnswer, ExportJobAnswer, ExportScheduleAnswer, KpisAnswer, OrderRow, OrdersAnswer, ProfileAnswer };

export interface SavedView {
  id: string;
  name: string;
  path: string;
  search: string;
  savedAt: string;
}
export interface SavedViews {
  version: number;
  views: SavedView[];
}

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

export const useDashboard = (creatorId: string, isWanted = true) =>
  useQuery({ ...ask<DashboardAnswer>(useApi(), ofCreator(creatorId, '/dashboard'), undefined, liveEvery), enabled: isWanted });

/** A creator who is not there yet may be in a moment: asked again until then. */
export const useProfile = (creatorId: string) =>
  useQuery({
    ...ask<ProfileAnswer>(useApi(), ofCreator(creatorId)),
    staleTime: 60_000,
    refetchInterval: ({ state }) => (state.status === 'error' ? liveEvery : false),
  });

/** The dictionary changes with a deployment only. */
export const useDictionary = () => useQuery({ ...ask<Dictionary>(useApi(), '/kpis'), staleTime: 600_000 });

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
    }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });

export const useSavedViews = (creatorId: string) => useQuery(ask<SavedViews>(useApi(), ofCreator(creatorId, '/saved-views')));

/** Titles of products by id; those that are not known are left out, and an id is shown instead. */
export function useProductTitles(creatorId: string, ids: string[]): Map<string, string> {
  const wanted = ids.slice(0, 100).sort();
  const { data } = useQuery({
    ...ask<ProductsAnswer>(useApi(), ofCreator(creatorId, '/products'), { ids: wanted.join(',') }),
    enabled: wanted.length > 0,
    placeholderData: keepPreviousData,
    staleTime: 300_000,
  });
  return new Map(data?.products.map(({ productId, title }) => [productId, title]));
}
