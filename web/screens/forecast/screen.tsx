/** What will the next weeks bring, how sure is that, and how good were such forecasts so far? */
import { useState } from 'react';
import type { ForecastsAnswer } from '../../../shared/api/forecasts.ts';
import { type ForecastName, forecastNames } from '../../../shared/kpis/forecasts.ts';
import type { ChartPoint } from '../../charts/frame.ts';
import { TimeChart } from '../../charts/time-chart.tsx';
import { Card } from '../../components/card.tsx';
import { Choice } from '../../components/choice.tsx';
import { Computed } from '../../components/computed.tsx';
import { useCreator } from '../../components/creator.tsx';
import { Figures } from '../../components/figures.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { Empty } from '../../components/skeleton.tsx';
import { useKpiTitle } from '../../data/queries.ts';
import { useComputed } from '../../data/use-computed.ts';
import { formatNumber } from '../../formatting/numbers.ts';
import { say } from '../../formatting/say.ts';
import { ProductForecasts } from './products.tsx';

const horizons = ['7', '28', '62'] as const;
type Horizon = (typeof horizons)[number];
/** Days of history in the chart. */
const shown = 56;

function useWords(unit: ForecastsAnswer['unit']) {
  const { currency } = useCreator();
  return (value: number | null) => formatNumber(value, { unit, currency });
}

/** The answer in one sentence, beside what the same number of days brought last. */
function Sentence({ answer: { total, points, history, unit } }: { answer: ForecastsAnswer }) {
  const number = useWords(unit);
  if (!total) return null;
  const days = points.length;
  const sentence = say('forecast.sentence', {
    mean: number(total.mean),
    days,
    lower: number(total.lower80),
    upper: number(total.upper80),
  });
  if (history.length < days) return <>{sentence}</>;
  const before = history.slice(-days).reduce((sum, { value }) => sum + value, 0);
  return <>{`${sentence} ${say('forecast.before', { days, value: number(before) })}`}</>;
}

function Chart({ answer: { history, points, unit }, title }: { answer: ForecastsAnswer; title: string }) {
  const { currency } = useCreator();
  const past = history.slice(-shown).map(({ at, value }): ChartPoint => ({ at, value, state: 'complete' }));
  const ahead = points.map(({ at }): ChartPoint => ({ at, value: null, state: 'complete', isAhead: true }));
  const forecast = [
    ...past.map(() => undefined),
    ...points.map(({ at, mean, lower80, upper80 }) => ({ at, mean, lower: lower80, upper: upper80 })),
  ];
  return (
    <TimeChart
      title={title}
      points={[...past, ...ahead]}
      forecast={forecast}
      grain="day"
      format={{ unit, currency }}
      isAdditive={false}
    />
  );
}

/** What the same forecast would have been worth so far, and what the calendar adds. */
function Record({ answer: { backtest, effects, unit, historyDays } }: { answer: ForecastsAnswer }) {
  const { currency } = useCreator();
  const number = useWords(unit);
  const share = (of: number | null) => formatNumber(of, { unit: 'ratio', currency });
  const added = effects.map(({ name, effect, isFactor }) => {
    const title = say(`calendar.${name as 'promotion' | 'holiday'}`);
    return say('forecast.effect', { title, by: isFactor ? share(effect - 1) : number(Math.round(effect)) });
  });
  if (!backtest) return <p className="text-soft">{say('forecast.noRecord', { days: historyDays })}</p>;
  const { origins, points, wape, naiveWape, coverage80, coverage95 } = backtest;
  return (
    <div className="grid grid-cols-1 gap-4">
      <Figures
        figures={[
          { title: say('forecast.error'), value: share(wape), note: say('forecast.comparedDays', { n: points, origins }) },
          { title: say('forecast.naiveError'), value: share(naiveWape), note: say('forecast.naive') },
          { title: say('forecast.within80'), value: share(coverage80), note: say('forecast.shouldBe80') },
          { title: say('forecast.within95'), value: share(coverage95), note: say('forecast.shouldBe95') },
        ]}
      />
      {added.length > 0 && <p className="text-sm text-soft">{added.join(' ')}</p>}
    </div>
  );
}

function Numbers({ answer, title }: { answer: ForecastsAnswer; title: string }) {
  const [reason] = answer.reasons;
  if (reason === 'too_short')
    return <Empty title={say('forecast.tooShort', { days: answer.historyDays })}>{say('forecast.tooShortHow')}</Empty>;
  if (reason === 'not_computed') return <Empty title={say('forecast.notComputed')} />;
  if (reason) return <Empty title={say('forecast.noSales')}>{say('forecast.noSalesHow')}</Empty>;
  return (
    <>
      <p data-sentence className="max-w-prose text-lg font-medium">
        <Sentence answer={answer} />
      </p>
      <Card title={title}>
        <div className="grid grid-cols-1 gap-3">
          <Chart answer={answer} title={title} />
          <p className="text-sm text-soft">{say('forecast.band')}</p>
          <Computed {...answer} />
        </div>
      </Card>
      <Card title={say('forecast.record')}>
        <Record answer={answer} />
      </Card>
      {answer.products.length > 0 && <ProductForecasts rows={answer.products} days={answer.points.length} />}
    </>
  );
}

export function Screen() {
  const [name, setName] = useState<ForecastName>(forecastNames[0]);
  const [days, setDays] = useState<Horizon>('28');
  const titleOf = useKpiTitle();
  const forecasts = useComputed<ForecastsAnswer>('/forecasts', { name, days });
  return (
    <>
      <div className="grid grid-cols-1 gap-3">
        <PageTitle title={say('screen.forecast')} />
        <div className="grid grid-cols-2 gap-2 sm:flex sm:flex-wrap print:hidden">
          <Choice
            label={say('forecast.of')}
            value={name}
            options={forecastNames.map((each): [ForecastName, string] => [each, titleOf(each)])}
            onChange={setName}
          />
          <Choice
            label={say('forecast.days')}
            value={days}
            options={horizons.map((each): [Horizon, string] => [each, say('forecast.next', { days: Number(each) })])}
            onChange={setDays}
          />
        </div>
      </div>
      <Loaded query={forecasts} shape="h-85">
        {(answer) => <Numbers answer={answer} title={titleOf(answer.name)} />}
      </Loaded>
    </>
  );
}
