/** What should be done today? At most five lines, the most money first; each can be done or put off. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { Link } from 'wouter';
import type { Recommendation, RecommendationsAnswer } from '../../../shared/api/recommendations.ts';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { useCreator, useHref } from '../../components/creator.tsx';
import { FormErrors } from '../../components/form-errors.tsx';
import { ofCreator } from '../../data/api.ts';
import { useApi } from '../../data/api-context.tsx';
import { useProductTitles } from '../../data/queries.ts';
import { useComputed } from '../../data/use-computed.ts';
import { formatNumber } from '../../formatting/numbers.ts';
import { say } from '../../formatting/say.ts';
import { mayChange, useSession } from '../../session/session-context.ts';

function useMark() {
  const { creatorId } = useCreator();
  const api = useApi();
  const client = useQueryClient();
  const path = ofCreator(creatorId, '/recommendations');
  return useMutation({
    mutationFn: ({ advice, step }: { advice: Recommendation; step: 'done' | 'dismiss' }) => {
      const { id, money, evidence, judgedAfterDays } = advice;
      const body = { money: money.expected, number: evidence[0]?.value ?? 0, judgedAfterDays };
      return api.send('POST', `${path}/${id}/${step}`, body);
    },
    onSettled: () => client.invalidateQueries({ queryKey: [path] }),
  });
}

/** The evidence in words, each rule in its own. */
function useWords(titles: Map<string, string>) {
  const { currency } = useCreator();
  const money = (value: number) => formatNumber(value, { unit: 'money', currency });
  return {
    money,
    textOf: ({ rule, about, evidence }: Recommendation): string => {
      const numbers = Object.fromEntries(
        evidence.map(({ name, value, unit }) => [name, unit === 'money' ? money(value) : Math.max(0, value)]),
      );
      const title = about === null ? '' : about.kind === 'product' ? (titles.get(about.value) ?? about.value) : about.value;
      return say(`todo.${rule}`, { title, ...numbers });
    },
  };
}

export function ToDo() {
  const { creatorId } = useCreator();
  const href = useHref();
  const isOwn = mayChange(useSession(), creatorId);
  const { data } = useComputed<RecommendationsAnswer>('/recommendations', {}, true);
  const mark = useMark();
  const finish = (advice: Recommendation) => mark.mutate({ advice, step: 'done' });
  const putOff = (advice: Recommendation) => mark.mutate({ advice, step: 'dismiss' });
  const products = useMemo(
    () => (data?.recommendations ?? []).flatMap(({ about }) => (about?.kind === 'product' ? [about.value] : [])),
    [data],
  );
  const { money, textOf } = useWords(useProductTitles(creatorId, products));
  if (!data || (data.recommendations.length === 0 && data.outcomes.length === 0)) return null;
  return (
    <Card title={say('todo.title')}>
      <ul data-to-do className="grid grid-cols-1">
        {data.recommendations.map((advice) => (
          <li
            key={advice.id}
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-b border-line py-2.5 first:pt-0 last:border-0 last:pb-0"
          >
            <div className="min-w-0 flex-1 basis-72">
              <p className="[overflow-wrap:anywhere]">
                <span className="font-semibold tabular-nums">{money(advice.money.expected)}</span>{' '}
                <Link
                  href={href(advice.link.screen, advice.link.query)}
                  className="text-accent underline-offset-2 hover:underline"
                >
                  {textOf(advice)}
                </Link>
              </p>
              <p className="text-sm text-soft">
                {advice.money.lower !== null && advice.money.upper !== null
                  ? say('todo.between', { lower: money(advice.money.lower), upper: money(advice.money.upper) })
                  : say(`todo.stake.${advice.rule}`)}
              </p>
            </div>
            {isOwn && (
              <div className="flex gap-1 print:hidden">
                <Button
                  disabled={mark.isPending}
                  aria-label={say('todo.doneOf', { what: textOf(advice) })}
                  onClick={() => finish(advice)}
                >
                  {say('todo.done')}
                </Button>
                <Button
                  look="quiet"
                  disabled={mark.isPending}
                  aria-label={say('todo.laterOf', { what: textOf(advice) })}
                  onClick={() => putOff(advice)}
                >
                  {say('todo.later')}
                </Button>
              </div>
            )}
          </li>
        ))}
        {data.outcomes.map(({ id, before, now }) => (
          <li key={`outcome ${id}`} className="py-2 text-sm text-soft">
            {say('todo.outcome', { before: money(before.money), now: money(now.money) })}
          </li>
        ))}
      </ul>
      {data.more > 0 && <p className="mt-2 text-sm text-soft">{say('todo.more', { n: data.more })}</p>}
      <FormErrors reason={mark.error} />
    </Card>
  );
}
