/** Which files were made of the numbers, which are made by themselves, and how is a new one asked for? */

import { useExports, useSchedules } from '../../data/queries.ts';
import { Card } from '../../parts/card.tsx';
import { useCreator } from '../../parts/creator.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { PageTitle } from '../../parts/page-title.tsx';
import { Jobs } from './jobs.tsx';
import { NewExport } from './new-export.tsx';
import { Schedules } from './schedules.tsx';

export function Screen() {
  const { creatorId } = useCreator();
  return (
    <>
      <div>
        <PageTitle title="Exports" />
        <p className="text-sm text-soft">
          Files of any size. What a screen shows is exported from that screen; whole lists from here.
        </p>
      </div>
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_minmax(0,22rem)]">
        <Card title="Files of the last 30 days">
          <Loaded query={useExports(creatorId)} shape="h-64">
            {({ exports }) => <Jobs jobs={exports} />}
          </Loaded>
        </Card>
        <div className="grid content-start gap-5">
          <NewExport />
          <Card title="Scheduled">
            <Loaded query={useSchedules(creatorId)} shape="h-24">
              {({ schedules }) => <Schedules schedules={schedules} />}
            </Loaded>
          </Card>
        </div>
      </div>
    </>
  );
}
