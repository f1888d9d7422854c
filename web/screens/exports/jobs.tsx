/** How far is each file, and where is it? */
import { useMutation } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useSearch } from 'wouter';
import { Button } from '../../components/button.tsx';
import { useCreator } from '../../components/creator.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { Notice } from '../../components/notice.tsx';
import { Empty } from '../../components/skeleton.tsx';
import { ofCreator } from '../../data/api.ts';
import { useApi } from '../../data/api-context.tsx';
import { type ExportJobAnswer, useKpiTitle } from '../../data/queries.ts';
import { formatInstant } from '../../formatting/dates.ts';
import { formatFailure } from '../../formatting/refusals.ts';
import { say } from '../../formatting/say.ts';
import { formatWhat } from './what.ts';

function JobState({ job }: { job: ExportJobAnswer }) {
  const { status, progress, rowCount, error } = job;
  if (status === 'failed')
    return <span className="text-bad">{say('job.failed', { reason: error?.message ?? say('job.unknownCause') })}</span>;
  if (status === 'done') return <span>{say('job.rows', { count: rowCount ?? 0 })}</span>;
  if (status === 'queued') return <span className="text-soft">{say('job.waiting')}</span>;
  return (
    <span className="grid gap-1">
      <progress
        aria-label={say('job.progress')}
        className="h-1.5 w-28 accent-accent"
        {...(progress.of ? { value: progress.rows, max: progress.of } : {})}
      />
      <span className="text-xs text-soft tabular-nums">
        {progress.of ? say('job.rowsOf', { count: progress.rows, of: progress.of }) : say('job.rows', { count: progress.rows })}
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
      <Button
        onClick={() => fetchLink.mutate()}
        disabled={fetchLink.isPending}
        aria-label={say('job.downloadWhat', { name: job.name ?? say('job.theFile') })}
      >
        <Download size={15} aria-hidden />
        {say('job.download')}
      </Button>
      {fetchLink.error && <span className="text-xs text-bad">{formatFailure(fetchLink.error)}</span>}
    </span>
  );
}

export function Jobs({ jobs }: { jobs: ExportJobAnswer[] }) {
  const { timeZone } = useCreator();
  const titleOf = useKpiTitle();
  const asked = new URLSearchParams(useSearch()).get('job');
  const mine = jobs.find(({ id }) => id === asked);
  if (jobs.length === 0) return <Empty title={say('job.noneTitle')}>{say('job.none')}</Empty>;
  return (
    <div className="grid gap-3">
      {mine && (
        <Notice tone={mine.status === 'failed' ? 'bad' : 'note'}>
          {mine.status === 'done' ? say('job.ready') : mine.status === 'failed' ? say('job.notMade') : say('job.beingMade')}
        </Notice>
      )}
      <DataTable
        caption={say('job.caption')}
        rows={jobs}
        keyOf={({ id }) => id}
        columns={[
          {
            title: say('job.what'),
            cell: ({ what, format, schedule, mail, id }) => (
              <span className={`grid ${id === asked ? 'font-medium' : ''}`}>
                {formatWhat(what, titleOf)}
                <span className="text-xs text-soft">
                  {schedule ? say('job.bySchedule', { format }) : format}
                  {mail && `, ${say(`mail.${mail.status}`)}`}
                </span>
              </span>
            ),
          },
          { title: say('job.askedFor'), isWide: true, cell: ({ requestedAt }) => formatInstant(requestedAt, timeZone) },
          { title: say('job.holds'), cell: (job) => <JobState job={job} /> },
          {
            title: <span className="sr-only">{say('job.file')}</span>,
            isNumber: true,
            cell: (job) => job.status === 'done' && <DownloadButton job={job} />,
          },
        ]}
      />
    </div>
  );
}
