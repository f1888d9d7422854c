/** How far is each file, and where is it? */
import { useMutation } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useSearch } from 'wouter';
import { useApi } from '../../data/api-context.tsx';
import { type ExportJobAnswer, ofCreator, useKpiTitle } from '../../data/queries.ts';
import { Empty } from '../../parts/blank.tsx';
import { Button } from '../../parts/button.tsx';
import { useCreator } from '../../parts/creator.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { Notice } from '../../parts/notice.tsx';
import { tellInstant } from '../../words/dates.ts';
import { tell } from '../../words/numbers.ts';
import { tellWhat } from './what.ts';

function Standing({ job }: { job: ExportJobAnswer }) {
  const { currency } = useCreator();
  const count = (rows: number): string => tell(rows, { unit: 'count', currency });
  const { status, progress, rowCount, error } = job;
  if (status === 'failed') return <span className="text-bad">failed: {error?.message ?? 'unknown cause'}</span>;
  if (status === 'done') return <span>{count(rowCount ?? 0)} rows</span>;
  if (status === 'queued') return <span className="text-soft">waiting …</span>;
  return (
    <span className="grid gap-1">
      <progress
        aria-label="Progress"
        className="h-1.5 w-28 accent-accent"
        {...(progress.of ? { value: progress.rows, max: progress.of } : {})}
      />
      <span className="text-xs text-soft tabular-nums">
        {count(progress.rows)} rows{progress.of ? ` of ${count(progress.of)}` : ''}
      </span>
    </span>
  );
}

/** The link is signed when it is asked for: it is good for a few minutes only. */
function DownloadButton({ job }: { job: ExportJobAnswer }) {
  const api = useApi();
  const { creatorId } = useCreator();
  const fetchLink = useMutation({
    mutationFn: () => api.get<ExportJobAnswer>(ofCreator(creatorId, `/exports/${encodeURIComponent(job.id)}`)),
    onSuccess: ({ url, name }) => {
      if (!url) return;
      const link = document.createElement('a');
      Object.assign(link, { href: url, download: name ?? '', rel: 'noopener' });
      link.click();
    },
  });
  return (
    <span className="grid justify-items-end gap-1">
      <Button onClick={() => fetchLink.mutate()} disabled={fetchLink.isPending} aria-label={`Download ${job.name ?? 'the file'}`}>
        <Download size={15} aria-hidden />
        Download
      </Button>
      {fetchLink.error && <span className="text-xs text-bad">{fetchLink.error.message}</span>}
    </span>
  );
}

export function Jobs({ jobs }: { jobs: ExportJobAnswer[] }) {
  const { timeZone } = useCreator();
  const titleOf = useKpiTitle();
  const asked = new URLSearchParams(useSearch()).get('job');
  const mine = jobs.find(({ id }) => id === asked);
  if (jobs.length === 0)
    return <Empty title="No file yet">Press Export on any screen of numbers, or ask for a whole list here.</Empty>;
  return (
    <div className="grid gap-3">
      {mine && (
        <Notice tone={mine.status === 'failed' ? 'bad' : 'note'}>
          {mine.status === 'done'
            ? 'Your file is ready.'
            : mine.status === 'failed'
              ? 'Your file could not be made.'
              : 'Your file is being made; it appears here by itself.'}
        </Notice>
      )}
      <DataTable
        caption="Exported files"
        rows={jobs}
        keyOf={({ id }) => id}
        columns={[
          {
            title: 'What',
            cell: ({ what, format, schedule, mail, id }) => (
              <span className={`grid ${id === asked ? 'font-medium' : ''}`}>
                {tellWhat(what, titleOf)}
                <span className="text-xs text-soft">
                  {format}
                  {schedule && ', by schedule'}
                  {mail && `, mail ${mail.status}`}
                </span>
              </span>
            ),
          },
          { title: 'Asked for', isWide: true, cell: ({ requestedAt }) => tellInstant(requestedAt, timeZone) },
          { title: 'Holds', cell: (job) => <Standing job={job} /> },
          {
            title: <span className="sr-only">File</span>,
            isNumber: true,
            cell: (job) => job.status === 'done' && <DownloadButton job={job} />,
          },
        ]}
      />
    </div>
  );
}
