/** What does one source say of itself, and what can be pressed there? */
import { Plug } from 'lucide-react';
import { Button, buttonLook } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { useCreator } from '../../components/creator.tsx';
import { FormErrors } from '../../components/form-errors.tsx';
import { formatDay, formatInstant } from '../../formatting/dates.ts';
import { say, sayIfKnown } from '../../formatting/say.ts';
import { type SourceAnswer, useConnect } from './use-sources.ts';

type State = SourceAnswer['state'];

const tones: Partial<Record<State, string>> = {
  connected: 'bg-good-wash text-good',
  in_use: 'bg-good-wash text-good',
  importing: 'bg-accent-wash text-accent',
  behind: 'bg-warn-wash text-warn',
  failing: 'bg-bad-wash text-bad',
  reconnect: 'bg-bad-wash text-bad',
};

/** What to do, of this source alone where it differs from the others. */
const remedyOf = ({ name, state }: SourceAnswer): string | undefined =>
  sayIfKnown(`source.do.${state}.${name}`) ?? sayIfKnown(`source.do.${state}`);

function factsOf({ name, newestDatum, lastSuccess, lastDay }: SourceAnswer, timeZone: string): [string, string][] {
  const instant = (at: string | null): string => (at ? formatInstant(at, timeZone) : '–');
  const newest = newestDatum?.length === 10 ? formatDay(newestDatum) : instant(newestDatum);
  return [
    ...(name === 'events-api' ? [] : ([[say('source.newest'), newest]] as [string, string][])),
    [say(`source.last.${name}`), instant(lastSuccess)],
    ...(lastDay === null ? [] : ([[say('source.lastDay'), say('import.entries', { count: lastDay })]] as [string, string][])),
  ];
}

/** How far a first reading is. */
const Progress = ({ share }: { share: number }) => (
  <div role="status" className="grid gap-1 text-sm">
    <p>{say('source.progress', { share })}</p>
    <progress aria-label={say('source.reading')} className="h-1.5 w-full accent-accent" value={share} max={1} />
  </div>
);

function Connect({ source: { state, as } }: { source: SourceAnswer }) {
  const { creatorId } = useCreator();
  const connect = useConnect(creatorId);
  const isNew = state === 'not_connected';
  const isLeaving = connect.isPending || connect.isSuccess;
  const title = isNew ? 'source.connect' : state === 'reconnect' ? 'source.reconnect' : 'source.connectAnother';
  return (
    <div className="grid justify-items-start gap-2">
      <FormErrors reason={connect.error} />
      <div className="flex flex-wrap gap-2">
        <Button
          look={isNew || state === 'reconnect' ? 'accent' : 'plain'}
          disabled={isLeaving}
          onClick={() => connect.mutate((state === 'reconnect' && as) || 'seller')}
        >
          <Plug size={15} aria-hidden />
          {say(title)}
        </Button>
        {isNew && (
          <Button disabled={isLeaving} onClick={() => connect.mutate('creator')}>
            {say('source.connectCreator')}
          </Button>
        )}
      </div>
    </div>
  );
}

export function Tile({ source, isOurs }: { source: SourceAnswer; isOurs: boolean }) {
  const { timeZone } = useCreator();
  const { name, shop, state, progress, lastError } = source;
  const title = say(`source.name.${name}`);
  const remedy = remedyOf(source);
  const hasFacts = state !== 'not_connected' && state !== 'not_set_up' && state !== 'unused';
  return (
    <Card
      title={
        shop ? (
          <>
            {title}: <bdi>{shop}</bdi>
          </>
        ) : (
          title
        )
      }
      aside={
        <span
          data-source-state={state}
          className={`rounded-full px-2.5 py-0.5 text-sm font-medium ${tones[state] ?? 'bg-page text-soft'}`}
        >
          {say(`source.state.${state}`)}
        </span>
      }
    >
      <div data-source={name} className="grid grid-cols-1 gap-3">
        {state === 'importing' && <Progress share={progress} />}
        {remedy && <p className="text-sm">{remedy}</p>}
        {lastError && (
          <p lang="en" className="rounded-lg bg-bad-wash px-3 py-2 text-sm break-words text-bad">
            {lastError}
          </p>
        )}
        {hasFacts && (
          <dl className="grid gap-3 text-sm sm:grid-cols-3">
            {factsOf(source, timeZone).map(([what, value]) => (
              <div key={what} className="min-w-0">
                <dt className="text-xs text-soft">{what}</dt>
                <dd className="font-medium">{value}</dd>
              </div>
            ))}
          </dl>
        )}
        {name === 'tiktok-shop' && state !== 'not_set_up' && isOurs && <Connect source={source} />}
        {name === 'events-api' && (
          <a href="/v1/docs" className={`${buttonLook()} justify-self-start`}>
            {say('source.docs')}
          </a>
        )}
      </div>
    </Card>
  );
}
