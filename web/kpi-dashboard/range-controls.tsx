/** Which days are looked at, and which are they compared with? Each change is a new address. */
import { addDays, daysBetween } from '../../shared/time.ts';
import { Choice } from '../components/choice.tsx';
import { useCreator } from '../components/creator.tsx';
import { type MessageId, say, sayEach } from '../formatting/say.ts';
import { allDays, newestDays } from '../view/data-days.ts';
import { type Days, type PresetName, presets, presetsFor } from '../view/presets.ts';
import { useView } from '../view/use-view.ts';
import { type ComparisonName, comparisons } from '../view/view.ts';
import { ChooseDays } from './choose-days.tsx';

type RangeName = PresetName | 'all' | 'newest' | 'custom';

/** Of the days that have numbers, whenever they were. */
const dataRanges: [RangeName, MessageId][] = [
  ['all', 'range.all'],
  ['newest', 'range.newest'],
];

/** As many days just before: where choosing by hand begins. */
function daysBefore({ from, to }: Days): Days {
  const days = daysBetween(from, to) + 1;
  return { from: addDays(from, -days), to: addDays(to, -days) };
}

const isSame = (a: Days | undefined, b: Days): boolean => a?.from === b.from && a.to === b.to;
const compareOptions = Object.entries(comparisons) as [ComparisonName, MessageId][];

/** Which days are looked at? */
export function RangeChoice({ days }: { days: Days }) {
  const { view, change } = useView();
  const { profile, calendar } = useCreator();
  const [all, newest] = [allDays(profile), newestDays(profile)];
  const byHand = isSame(all, days) ? 'all' : isSame(newest, days) ? 'newest' : 'custom';
  const chosen: RangeName = typeof view.range === 'string' ? view.range : byHand;
  const choose = (name: RangeName): void => {
    if (name === 'all') change({ range: all ?? days });
    else if (name === 'newest') change({ range: newest ?? days });
    else change({ range: name === 'custom' ? days : name });
  };
  const named: [RangeName, MessageId][] = [
    ...(all ? dataRanges : []),
    ...presetsFor(calendar).map((name): [RangeName, MessageId] => [name, presets[name].title]),
  ];
  return (
    <>
      <div data-control="range" className="contents">
        <Choice
          label={say('controls.range')}
          value={chosen}
          options={sayEach<RangeName>([...named, ['custom', 'range.custom']])}
          onChange={choose}
        />
      </div>
      <ChooseDays
        title={say('days.chooseRange')}
        days={days}
        onChange={(range) => change({ range })}
        named={named.map(([name, title]) => ({ name, title: say(title), isChosen: name === chosen, choose: () => choose(name) }))}
      />
    </>
  );
}

export function RangeControls({ days }: { days: Days }) {
  const { view, change } = useView();
  return (
    <>
      <RangeChoice days={days} />
      <div data-control="comparison" className="contents">
        <Choice
          label={say('controls.comparison')}
          isLong
          value={view.compare}
          options={sayEach(compareOptions)}
          onChange={(compare) => change({ compare, compareDays: compare === 'custom' ? daysBefore(days) : undefined })}
        />
      </div>
      {view.compareDays && (
        <ChooseDays
          title={say('days.chooseCompared')}
          days={view.compareDays}
          onChange={(compareDays) => change({ compareDays })}
        />
      )}
    </>
  );
}
