/** What stands at the top of a screen of numbers? Its title, the days it is of, and what can be done with the view. */

import { Notice } from '../components/notice.tsx';
import { PageTitle } from '../components/page-title.tsx';
import { say } from '../formatting/say.ts';
import { useView } from '../view/use-view.ts';
import { Controls } from './controls.tsx';
import { ExportButton } from './export-button.tsx';
import { FilterChips } from './narrowed.tsx';
import { RangeWords } from './range-words.tsx';
import { SaveViewButton } from './save-view-button.tsx';
import { SavedViewsButton } from './saved-views-button.tsx';
import { type Asked, questionOf } from './use-kpi-dashboard.ts';

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
            <RangeWords days={days} />
          </div>
          <div className="flex flex-wrap gap-2 print:hidden">
            <SavedViewsButton />
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
        <FilterChips />
      </div>
      {problems.length > 0 && <Notice tone="warn">{say('head.problems', { problems: problems.join('; ') })}</Notice>}
    </>
  );
}
