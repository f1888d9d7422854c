/** What is asked and changed of imports? Lists, one import, and the three steps: drop, read, count. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ImportAnswers, ImportJobAnswer } from '../../../shared/api/imports.ts';
import { ofCreator } from '../../data/api.ts';
import { useApi } from '../../data/api-context.tsx';
import { seldomEvery } from '../../data/live.ts';
import { say } from '../../formatting/say.ts';

export type { ImportAnswers, ImportJobAnswer };

const pathOf = (creatorId: string): string => ofCreator(creatorId, '/imports');
/** A step that runs is looked at so often (ms). */
const soonEvery = 700;
export const isRunning = ({ status }: ImportJobAnswer): boolean => ['surveying', 'importing', 'undoing'].includes(status);

export function useImports(creatorId: string) {
  const api = useApi();
  return useQuery({
    queryKey: [pathOf(creatorId)],
    queryFn: ({ signal }) => api.get<{ imports: ImportJobAnswer[] }>(pathOf(creatorId), undefined, signal),
    refetchInterval: seldomEvery,
  });
}

export function useImport(creatorId: string, id: string | undefined) {
  const api = useApi();
  const path = `${pathOf(creatorId)}/${encodeURIComponent(id ?? '')}`;
  return useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => api.get<ImportJobAnswer>(path, undefined, signal),
    enabled: id !== undefined,
    refetchInterval: ({ state }) => (state.data && isRunning(state.data) ? soonEvery : seldomEvery),
  });
}

/** How many files have arrived, and the one that is on its way. */
export interface Uploading {
  name: string;
  n: number;
  of: number;
}

/** Puts files to their addresses, one after the other: a seller's line is no faster for two at once. */
async function putAll(files: File[], uploads: { url: string }[], tell: (so: Uploading) => void): Promise<void> {
  for (const [i, file] of files.entries()) {
    tell({ name: file.name, n: i + 1, of: files.length });
    const response = await fetch(uploads[i]?.url ?? '', { method: 'PUT', body: file }).catch(() => undefined);
    if (!response?.ok) throw new Error(say('import.notArrived', { name: file.name }));
  }
}

/** Announces files, puts them, and has them read; answers the import. */
export function useDrop(creatorId: string, tell: (so: Uploading | undefined) => void) {
  const api = useApi();
  const client = useQueryClient();
  const path = pathOf(creatorId);
  return useMutation({
    mutationFn: async (files: File[]) => {
      const announced = files.map(({ name, size, lastModified }) => ({
        name,
        bytes: size,
        modifiedAt: new Date(lastModified).toISOString(),
      }));
      const job = await api.send<ImportJobAnswer & { uploads: { url: string }[] }>('POST', path, { files: announced });
      await putAll(files, job.uploads, tell);
      return api.send<ImportJobAnswer>('POST', `${path}/${job.id}/survey`, {});
    },
    onSettled: () => {
      tell(undefined);
      return client.invalidateQueries({ queryKey: [path] });
    },
  });
}

/** Has an import read again, or counted, with answers. */
export function useStep(creatorId: string, id: string, step: 'survey' | 'confirm') {
  const api = useApi();
  const client = useQueryClient();
  const path = `${pathOf(creatorId)}/${encodeURIComponent(id)}`;
  return useMutation({
    mutationFn: (answers: ImportAnswers) => api.send<ImportJobAnswer>('POST', `${path}/${step}`, answers),
    onSuccess: (job) => client.setQueryData([path], job),
    onSettled: () => client.invalidateQueries({ queryKey: [path] }),
  });
}
