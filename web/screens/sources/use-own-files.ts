/** What is asked and changed of a seller's own tables? Templates, files of what was refused, unit costs, and the way back. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type * as z from 'zod';
import type { ImportJobAnswer, refusedAnswer, templateAnswer, templatesAnswer } from '../../../shared/api/imports.ts';
import type { unitCostsAnswer } from '../../../shared/api/unit-costs.ts';
import { ofCreator } from '../../data/api.ts';
import { useApi } from '../../data/api-context.tsx';
import { seldomEvery } from '../../data/live.ts';

export type Template = z.infer<typeof templatesAnswer>['templates'][number];
export type UnitCost = z.infer<typeof unitCostsAnswer>['costs'][number];

export function useTemplates(isOpen: boolean) {
  const api = useApi();
  return useQuery({
    queryKey: ['/import-templates'],
    queryFn: ({ signal }) => api.get<z.infer<typeof templatesAnswer>>('/import-templates', undefined, signal),
    enabled: isOpen,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Hands a file to the browser as a download. */
function save({ name, type, base64 }: z.infer<typeof templateAnswer>): void {
  const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
  const url = URL.createObjectURL(new Blob([bytes], { type }));
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  URL.revokeObjectURL(url);
}

export function useDownloadTemplate() {
  const api = useApi();
  return useMutation({
    mutationFn: async (name: string) => save(await api.get<z.infer<typeof templateAnswer>>(`/import-templates/${name}`)),
  });
}

/** Links are good for an hour: they are asked for again before. */
const linksEvery = 30 * 60_000;

export function useRefusedFiles(creatorId: string, id: string, isThere: boolean) {
  const api = useApi();
  const path = ofCreator(creatorId, `/imports/${encodeURIComponent(id)}/refused`);
  return useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => api.get<z.infer<typeof refusedAnswer>>(path, undefined, signal),
    enabled: isThere,
    refetchInterval: linksEvery,
  });
}

export function useUndo(creatorId: string) {
  const api = useApi();
  const client = useQueryClient();
  const path = ofCreator(creatorId, '/imports');
  return useMutation({
    mutationFn: (id: string) => api.send<ImportJobAnswer>('POST', `${path}/${encodeURIComponent(id)}/undo`, {}),
    onSuccess: (job) => client.setQueryData([`${path}/${encodeURIComponent(job.id)}`], job),
    onSettled: () => client.invalidateQueries({ queryKey: [path] }),
  });
}

const costsPath = (creatorId: string): string => ofCreator(creatorId, '/unit-costs');

export function useUnitCosts(creatorId: string) {
  const api = useApi();
  const path = costsPath(creatorId);
  return useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => api.get<z.infer<typeof unitCostsAnswer>>(path, undefined, signal),
    refetchInterval: seldomEvery,
  });
}

export interface TypedCost {
  sku: string;
  validFrom: string;
  /** Minor units; null takes it out. */
  amount: number | null;
}

const stands = ({ costs }: z.infer<typeof unitCostsAnswer>, { sku, validFrom, amount }: TypedCost): boolean =>
  (costs.find((each) => each.sku === sku && each.validFrom === validFrom)?.amount ?? null) === amount;
/** A saved cost is counted within so many looks, this far apart (ms). */
const looks = { most: 40, every: 500 };

/** Saves a cost, and resolves when the list shows it: what was accepted is counted a moment later. */
export function useSaveCost(creatorId: string) {
  const api = useApi();
  const client = useQueryClient();
  const path = costsPath(creatorId);
  return useMutation({
    mutationFn: async (cost: TypedCost) => {
      await api.send('POST', path, { costs: [cost] });
      for (let look = 0; look < looks.most; look++) {
        const now = await api.get<z.infer<typeof unitCostsAnswer>>(path);
        client.setQueryData([path], now);
        if (stands(now, cost)) return;
        await new Promise((resolve) => setTimeout(resolve, looks.every));
      }
    },
  });
}
