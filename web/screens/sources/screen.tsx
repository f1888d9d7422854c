/** Where do the numbers come from, and how do more of them come in? */
import { Card } from '../../components/card.tsx';
import { useCreator } from '../../components/creator.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { formatDay, formatInstant } from '../../formatting/dates.ts';
import { say } from '../../formatting/say.ts';
import { CostTable } from './cost-table.tsx';
import { Imports } from './imports.tsx';
import { useImports } from './use-imports.ts';

const aDay = 86_400_000;

/** What the imports tell of files as a source: the last one, its newest day, and what came in within a day. */
function FilesTile() {
  const { creatorId, timeZone } = useCreator();
  const { data } = useImports(creatorId);
  const done = data?.imports.filter(({ status }) => status === 'done') ?? [];
  const newest = done
    .flatMap(({ survey }) => survey?.days?.to ?? [])
    .sort()
    .at(-1);
  const since = Date.now() - aDay;
  const lately = done.filter(({ finishedAt }) => finishedAt !== null && Date.parse(finishedAt) > since);
  const facts = [
    [say('sources.state'), done.length > 0 ? say('sources.inUse') : say('sources.unused')],
    [say('sources.last'), done[0]?.finishedAt ? formatInstant(done[0].finishedAt, timeZone) : '–'],
    [say('sources.newest'), newest ? formatDay(newest) : '–'],
    [say('sources.lately'), say('import.entries', { count: lately.reduce((sum, { accepted }) => sum + accepted, 0) })],
  ] as const;
  return (
    <Card title={say('sources.files')}>
      <dl className="grid gap-3 text-sm sm:grid-cols-4">
        {facts.map(([title, value]) => (
          <div key={title}>
            <dt className="text-xs text-soft">{title}</dt>
            <dd className="font-medium">{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

export function Screen() {
  const { creatorId, timeZone } = useCreator();
  return (
    <>
      <div>
        <PageTitle title={say('screen.sources')} />
        <p className="text-sm text-soft">{say('sources.about')}</p>
      </div>
      <FilesTile />
      <Imports creatorId={creatorId} timeZone={timeZone} />
      <CostTable />
    </>
  );
}
