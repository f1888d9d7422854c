/** Which files were made of the numbers, which are made by themselves, and how is a new one asked for? */
import { useExports, useSchedules } from '../../data/queries.ts';
import { Skeleton } from '../../parts/blank.tsx';
import { Card } from '../../parts/card.tsx';
import { useCreator } from '../../parts/creator.tsx';
import { Failure } from '../../parts/failure.tsx';
import { Jobs } from './jobs.tsx';
import { NewExport } from './new-export.tsx';
import { Schedules } from './schedules.tsx';

export function Screen() {
  const { creatorId } = useCreator();
  const jobs = useExports(creatorId);
  const schedules = useSchedules(creatorId);
  return (
    <>
      <div>
        <h1 className="text-xl font-semibold tracking-tight sm:text-2xl">Exports</h1>
        <p className="text-sm text-soft">
          Files of any size. What a screen shows is exported from that screen; whole lists from here.
        </p>
      </div>
      <div className="grid gap-5 lg:grid-cols-[minmax(0,1fr)_minmax(0,22rem)]">
        <Card title="Files of the last 30 days">
          {jobs.data ? (
            <Jobs jobs={jobs.data.exports} />
          ) : jobs.error ? (
            <Failure reason={jobs.error} retry={() => void jobs.refetch()} />
          ) : (
            <Skeleton className="h-64" />
          )}
        </Card>
        <div className="grid content-start gap-5">
          <NewExport />
          <Card title="Scheduled">
            {schedules.data ? (
              <Schedules schedules={schedules.data.schedules} />
            ) : schedules.error ? (
              <Failure reason={schedules.error} retry={() => void schedules.refetch()} />
            ) : (
              <Skeleton className="h-24" />
            )}
          </Card>
        </div>
      </div>
    </>
  );
}
