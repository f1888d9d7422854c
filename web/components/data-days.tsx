/** What is said where the days that are looked at have no numbers? Where they are, and the way there. */
import { Link, useLocation } from 'wouter';
import { useDataDays } from '../data/queries.ts';
import { formatDay, formatRange } from '../formatting/dates.ts';
import { say } from '../formatting/say.ts';
import { allDays, type DataDays, newestDays } from '../view/data-days.ts';
import type { Days } from '../view/presets.ts';
import { useView } from '../view/use-view.ts';
import { writeView } from '../view/view.ts';
import { buttonLook } from './button.tsx';
import { useCreator, useHref } from './creator.tsx';
import { Empty } from './skeleton.tsx';

/** "Your latest sale was on 29 Aug 2018; there are numbers from 5 Oct 2016 to 29 Aug 2018." */
export function formatDataDays({ dataFrom, dataTo, newestSale }: DataDays): string {
  if (!dataFrom || !dataTo) return say('days.none');
  const isOneDay = dataFrom === dataTo;
  const days = { from: formatDay(dataFrom), to: formatDay(dataTo) };
  if (!newestSale) return say(isOneDay ? 'days.noSaleOneDay' : 'days.noSaleDays', days);
  return say(isOneDay ? 'days.saleOneDay' : 'days.saleDays', { sale: formatDay(newestSale), ...days });
}

/** Ways to the numbers that there are, on a screen of a path. */
export function DataLinks({ data, path }: { data: DataDays; path: string }) {
  const { view } = useView();
  const [here] = useLocation();
  const [all, newest] = [allDays(data), newestDays(data)];
  if (!all || !newest) return null;
  // Another screen has another number to look at, and other dimensions.
  const kept = path === here ? view : { ...view, kpi: undefined, by: undefined };
  const to = (range: Days): string => `${path}?${writeView({ ...kept, range, grain: undefined })}`;
  const isShort = all.from >= newest.from && all.to <= newest.to;
  return (
    <span className="flex flex-wrap justify-center gap-2 print:hidden">
      <Link href={to(all)} className={buttonLook('accent')}>
        {say(isShort ? 'days.showThese' : 'days.showAll')}
      </Link>
      {!isShort && (
        <Link href={to(newest)} className={buttonLook()}>
          {formatRange(newest.from, newest.to)}
        </Link>
      )}
    </span>
  );
}

/** In place of numbers: on the screen that stands there, or another one by its path. */
export function NoNumbers({ title = say('days.nothing') }: { title?: string }) {
  const { creatorId, profile } = useCreator();
  const { data = profile } = useDataDays(creatorId);
  const [path] = useLocation();
  const href = useHref();
  return (
    <Empty title={title}>
      <p>{formatDataDays(data)}</p>
      <div className="mt-3">
        {data.dataTo ? (
          <DataLinks data={data} path={path} />
        ) : (
          <Link href={href('overview')} className="font-medium text-accent">
            {say('days.begin')}
          </Link>
        )}
      </div>
    </Empty>
  );
}
