/** What stands at the top of a screen of numbers? Its title, the days it is of, and what can be done with the view. */

import { Notice } from '../parts/notice.tsx';
import { PageTitle } from '../parts/page-title.tsx';
import { useView } from '../view/use-view.ts';
import { tellRange } from '../words/dates.ts';
import { Controls } from './controls.tsx';
import { ExportButton } from './export-button.tsx';
import { SaveViewButton } from './save-view-button.tsx';
import { type Asked, questionOf } from './use-board.ts';

export interface ScreenHeadProps {
  title: string;
  asked: Asked;
  /** What an export of this screen holds. */
  names: readonly string[];
}

export function ScreenHead({ title, asked, names }: ScreenHeadProps) {
  const { problems } = useView();
  const { days, grain, hasHours, kpis } = asked;
  return (
    <>
      <div className="grid gap-3">
        <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
          <div>
            <PageTitle title={title} />
            <p className="text-sm text-soft">{tellRange(days.from, days.to)}</p>
          </div>
          <div className="flex gap-2 print:hidden">
            <SaveViewButton />
            <ExportButton question={questionOf(asked, names)} />
          </div>
        </div>
        <Controls
          days={days}
          grain={grain}
          hasHours={hasHours}
          hasRefunds={kpis.some((kpi) => kpi.timeBasis === 'mixed' || kpi.timeBasis === 'refunded')}
        />
      </div>
      {problems.length > 0 && (
        <Notice tone="warn">This address was not understood in part: {problems.join('; ')}. The usual is shown instead.</Notice>
      )}
    </>
  );
}
