/** In which format, and off it goes: the end of every way to a file. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { useApi } from '../data/api-context.tsx';
import { type ExportJobAnswer, ofCreator } from '../data/queries.ts';
import { Button } from '../parts/button.tsx';
import { Choice } from '../parts/choice.tsx';
import { useCreator, useHref } from '../parts/creator.tsx';
import { Refusal } from '../parts/refusal.tsx';

export const formats = [
  ['csv', 'CSV, for any spreadsheet'],
  ['xlsx', 'Excel workbook'],
  ['json', 'JSON, for programs'],
  ['parquet', 'Parquet, for analysts'],
] as const;
export type FormatName = (typeof formats)[number][0];

/** Asks for a file of `what` (as POST …/exports takes it) and goes to where it will be. */
export function MakeFile({ what }: { what: object }) {
  const api = useApi();
  const client = useQueryClient();
  const { creatorId } = useCreator();
  const [format, setFormat] = useState<FormatName>('csv');
  const [, navigate] = useLocation();
  const href = useHref();
  const path = ofCreator(creatorId, '/exports');
  const request = useMutation({
    mutationFn: () => api.send<ExportJobAnswer>('POST', path, { what, format }),
    onSuccess: ({ id }) => {
      void client.invalidateQueries({ queryKey: [path] });
      navigate(href('exports', { job: id }));
    },
  });
  return (
    <div className="grid gap-4">
      <Choice label="Format" isLabelled value={format} options={formats} onChange={setFormat} />
      <Refusal reason={request.error} />
      <Button look="accent" disabled={request.isPending} onClick={() => request.mutate()}>
        {request.isPending ? 'Asking …' : 'Make the file'}
      </Button>
    </div>
  );
}
