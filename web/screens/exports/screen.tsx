/** Which files were made of the numbers, which are made by themselves, and how is a new one asked for? */

import { Card } from '../../components/card.tsx';
import { useCreator } from '../../components/creator.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { useExports, useSchedules } from '../../data/queries.ts';
import { say } from '../../formatting/say.ts';
import { Jobs } from './jobs.tsx';
import { NewExport } from './new-export.tsx';
import { Schedules } from './schedules.tsx';

export function Screen() {
  const { creatorId } = useCreator();
  return (
    <>
      <div>
        <PageTitle title={say('screen.exports')} />
        <p className="text-sm text-soft">{say('exports.about')}</p>
      </div>
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_minmax(0,22rem)]">
        <Card title={say('exports.last30')}>
          <Loaded query={useExports(creatorId)} shape="h-64">
            {({ exports }) => <Jobs jobs={exports} />}
          </Loaded>
        </Card>
        <div className="grid content-start gap-5">
          <NewExport />
          <Card title={say('exports.scheduled')}>
            <Loaded query={useSchedules(creatorId)} shape="h-24">
              {({ schedules }) => <Schedules schedules={schedules} />}
            </Loaded>
          </Card>
        </div>
      </div>
    </>
  );
}
