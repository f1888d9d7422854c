/** How do the numbers of a screen get into a file? The same question, asked by the exporter. */
import { useMutation } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { useApi } from '../data/api-context.tsx';
import type { ExportJobAnswer } from '../data/queries.ts';
import { ofCreator } from '../data/queries.ts';
import { Button } from '../parts/button.tsx';
import { Choice } from '../parts/choice.tsx';
import { useCreator, useHref } from '../parts/creator.tsx';
import { Notice } from '../parts/notice.tsx';
import { Sheet } from '../parts/sheet.tsx';

export const formats = [
  ['csv', 'CSV, for any spreadsheet'],
  ['xlsx', 'Excel workbook'],
  ['json', 'JSON, for programs'],
  ['parquet', 'Parquet, for analysts'],
] as const;
export type FormatName = (typeof formats)[number][0];

/** Parameters of GET …/kpis, names with commas between them. */
export type KpisQuestion = { names: string } & Record<string, string | number | undefined>;

/** Asks for a file of what a question answers; resolves with the job. */
export function useRequestExport() {
  const api = useApi();
  const { creatorId } = useCreator();
  return useMutation({
    mutationFn: ({ what, format }: { what: object; format: FormatName }) =>
      api.send<ExportJobAnswer>('POST', ofCreator(creatorId, '/exports'), { what, format }),
  });
}

export const kpisOf = ({ names, ...rest }: KpisQuestion): object => ({ kpis: { names: names.split(','), ...rest } });

export function ExportButton({ question }: { question: KpisQuestion }) {
  const [isOpen, setOpen] = useState(false);
  const [format, setFormat] = useState<FormatName>('csv');
  const [, navigate] = useLocation();
  const href = useHref();
  const request = useRequestExport();
  const start = (): void =>
    request.mutate({ what: kpisOf(question), format }, { onSuccess: ({ id }) => navigate(href('exports', { job: id })) });
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Download size={15} aria-hidden />
        Export
      </Button>
      {isOpen && (
        <Sheet title="Export these numbers" onClose={() => setOpen(false)}>
          <p className="mb-4 text-sm text-soft">
            The file holds exactly what this screen shows: the same days, grain, comparison and definitions.
          </p>
          <div className="grid gap-4">
            <Choice label="Format" isLabelled value={format} options={formats} onChange={setFormat} />
            {request.error && <Notice tone="bad">{request.error.message}</Notice>}
            <Button look="accent" disabled={request.isPending} onClick={start}>
              {request.isPending ? 'Asking …' : 'Make the file'}
            </Button>
          </div>
        </Sheet>
      )}
    </>
  );
}
