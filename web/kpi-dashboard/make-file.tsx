/** In which format, and off it goes: the end of every way to a file. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { Button } from '../components/button.tsx';
import { Choice } from '../components/choice.tsx';
import { useCreator, useHref } from '../components/creator.tsx';
import { FormErrors } from '../components/form-errors.tsx';
import { ofCreator } from '../data/api.ts';
import { useApi } from '../data/api-context.tsx';
import type { ExportJobAnswer } from '../data/queries.ts';
import { say, sayEach } from '../formatting/say.ts';

export const formats = [
  ['csv', 'format.csv'],
  ['xlsx', 'format.xlsx'],
  ['json', 'format.json'],
  ['parquet', 'format.parquet'],
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
      <Choice label={say('export.format')} isLabelled value={format} options={sayEach(formats)} onChange={setFormat} />
      <FormErrors reason={request.error} />
      <Button look="accent" disabled={request.isPending} onClick={() => request.mutate()}>
        {say(request.isPending ? 'export.asking' : 'export.make')}
      </Button>
    </div>
  );
}
