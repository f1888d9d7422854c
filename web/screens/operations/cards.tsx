/** How far do paid orders come and how fast, which sources fail, and how new is what each of them brought? */
import type { OperationsAnswer } from '../../../shared/api/operations.ts';
import { Card } from '../../components/card.tsx';
import { Computed } from '../../components/computed.tsx';
import { useCreator } from '../../components/creator.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Name } from '../../components/name.tsx';
import { Notice } from '../../components/notice.tsx';
import { Empty } from '../../components/skeleton.tsx';
import { useComputed } from '../../data/use-computed.ts';
import { formatInstant } from '../../formatting/dates.ts';
import { formatNumber, none } from '../../formatting/numbers.ts';
import { say } from '../../formatting/say.ts';
import { formatDimension, formatValue } from '../../formatting/values.ts';
import { useDays } from '../../view/use-days.ts';

/** None of these dimensions has titles of its own. */
const nameOf = (dimension: string, value: string): string => formatValue(dimension, value, new Map());
const count = (n: number): string => formatNumber(n, { unit: 'count', currency: '' });
const ratio = (share: number | null): string => formatNumber(share, { unit: 'ratio', currency: '' });
const lasting = (hours: number | null): string =>
  hours === null ? none : formatNumber(Math.round(hours * 3600), { unit: 'seconds', currency: '' });

function Steps({ answer }: { answer: OperationsAnswer }) {
  const { reasons, steps } = answer;
  if (reasons.includes('not_computed')) return <Notice>{say('steps.notComputed')}</Notice>;
  if (reasons.includes('no_orders')) return <Empty title={say('profit.noOrders')}>{say('profit.noOrdersHow')}</Empty>;
  return (
    <div className="grid grid-cols-1 gap-4">
      <p className="text-sm text-soft">{say('steps.how')}</p>
      <DataTable
        caption={say('steps.title')}
        rows={steps}
        keyOf={({ step }) => step}
        columns={[
          { title: say('profit.step'), cell: ({ step }) => say(`steps.step.${step}`) },
          { title: say('profit.orders'), isNumber: true, cell: ({ orders }) => count(orders) },
          { title: say('steps.share'), isNumber: true, isWide: true, cell: ({ share }) => ratio(share) },
          { title: say('steps.median'), isNumber: true, cell: ({ medianHours }) => lasting(medianHours) },
          { title: say('steps.p90'), isNumber: true, isWide: true, cell: ({ p90Hours }) => lasting(p90Hours) },
          { title: say('steps.n'), isNumber: true, isWide: true, cell: ({ n }) => count(n) },
        ]}
      />
      {reasons.includes('no_parcels') && <p className="text-sm text-soft">{say('steps.noParcels')}</p>}
      {reasons.includes('no_statements') && <p className="text-sm text-soft">{say('payouts.noStatements')}</p>}
      <Computed {...answer} />
    </div>
  );
}

function Errors({ errors, kinds }: OperationsAnswer) {
  if (errors.length === 0) return <Empty title={say('steps.noRequests')} />;
  return (
    <div className="grid grid-cols-1 gap-4">
      <DataTable
        caption={say('steps.errors')}
        rows={errors}
        keyOf={({ source }) => source}
        columns={[
          { title: formatDimension('source'), cell: ({ source }) => <Name text={nameOf('source', source)} /> },
          { title: say('steps.requests'), isNumber: true, isWide: true, cell: ({ requests }) => count(requests) },
          { title: say('steps.failures'), isNumber: true, cell: ({ failures }) => count(failures) },
          { title: say('steps.errorRate'), isNumber: true, cell: ({ errorRate }) => ratio(errorRate) },
        ]}
      />
      {kinds.length > 0 && (
        <DataTable
          caption={formatDimension('failure')}
          rows={kinds}
          keyOf={({ kind }) => kind}
          columns={[
            { title: formatDimension('failure'), cell: ({ kind }) => <Name text={nameOf('failure', kind)} /> },
            { title: say('steps.failures'), isNumber: true, cell: ({ failures }) => count(failures) },
            { title: say('steps.ofRequests'), isNumber: true, cell: ({ ofRequests }) => ratio(ofRequests) },
          ]}
        />
      )}
    </div>
  );
}

function Sources({ sources }: OperationsAnswer) {
  const { timeZone } = useCreator();
  const instant = (at: string | null): string => (at ? formatInstant(at, timeZone) : none);
  if (sources.length === 0) return <Empty title={say('steps.noSources')}>{say('steps.noSourcesHow')}</Empty>;
  return (
    <DataTable
      caption={say('steps.freshness')}
      rows={sources}
      keyOf={({ name, shop }) => `${name} ${shop}`}
      columns={[
        {
          title: formatDimension('source'),
          cell: ({ name, shop }) => <Name text={[nameOf('source', name), shop].filter(Boolean).join(' · ')} />,
        },
        { title: say('steps.newest'), isWide: true, cell: ({ newestDatum, lastSuccess }) => instant(newestDatum ?? lastSuccess) },
        {
          title: say('steps.lag'),
          isNumber: true,
          cell: ({ lagSeconds }) => formatNumber(lagSeconds, { unit: 'seconds', currency: '' }),
        },
      ]}
    />
  );
}

export function OperationsCards() {
  const { from, to } = useDays();
  const operations = useComputed<OperationsAnswer>('/operations', { from, to });
  return (
    <Loaded query={operations} shape="h-60">
      {(answer) => (
        <>
          <Card title={say('steps.title')}>
            <Steps answer={answer} />
          </Card>
          <Card title={say('steps.errors')}>
            <Errors {...answer} />
          </Card>
          <Card title={say('steps.freshness')}>
            <Sources {...answer} />
          </Card>
        </>
      )}
    </Loaded>
  );
}
