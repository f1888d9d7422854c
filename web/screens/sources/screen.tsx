/** Where do the numbers come from, and how do more of them come in? */
import { useCreator } from '../../components/creator.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { say } from '../../formatting/say.ts';
import { Completion } from './completion.tsx';
import { CostTable } from './cost-table.tsx';
import { Imports } from './imports.tsx';
import { Tiles } from './tiles.tsx';

export function Screen() {
  const { creatorId, timeZone } = useCreator();
  return (
    <>
      <div>
        <PageTitle title={say('screen.sources')} />
        <p className="text-sm text-soft">{say('sources.about')}</p>
      </div>
      <Completion />
      <Tiles />
      <div>
        <h2 className="text-lg font-semibold">{say('sources.filesTitle')}</h2>
        <p className="text-sm text-soft">{say('sources.filesAbout')}</p>
      </div>
      <Imports creatorId={creatorId} timeZone={timeZone} />
      <CostTable />
    </>
  );
}
