/** What do I want to reach, and am I on course? */
import { Card } from '../../components/card.tsx';
import { useCreator } from '../../components/creator.tsx';
import { FormErrors } from '../../components/form-errors.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { Empty } from '../../components/skeleton.tsx';
import { useChangeGoals, useGoals } from '../../data/goals.ts';
import { useDictionary } from '../../data/queries.ts';
import { say } from '../../formatting/say.ts';
import { mayChange, useSession } from '../../session/session-context.ts';
import { GoalForm } from './goal-form.tsx';
import { GoalRow } from './goal-row.tsx';

/** Numbers that have a total of a month. */
const kinds = ['measure', 'sum', 'ratio'];

export function Screen() {
  const { creatorId } = useCreator();
  const isOwn = mayChange(useSession(), creatorId);
  const list = useGoals(creatorId);
  const { data: dictionary } = useDictionary();
  const save = useChangeGoals(creatorId);
  const kpis = (dictionary?.kpis ?? []).filter(({ kind }) => kinds.includes(kind));
  return (
    <>
      <div className="grid grid-cols-1 gap-1">
        <PageTitle title={say('screen.goals')} />
        <p className="max-w-prose text-sm text-soft">{say('goals.about')}</p>
      </div>
      <Card>
        <div className="grid grid-cols-1 gap-4">
          {isOwn && kpis.length > 0 && (
            <GoalForm
              kpis={kpis}
              isBusy={save.isPending}
              onSave={(goal) =>
                save.mutate((all) => [...all.filter(({ name, month }) => name !== goal.name || month !== goal.month), goal])
              }
            />
          )}
          <FormErrors reason={save.error} />
          <Loaded query={list} shape="h-40">
            {({ goals }) =>
              goals.length === 0 ? (
                <Empty title={say('goals.none')}>{say('goals.noneHow')}</Empty>
              ) : (
                <ul>
                  {goals
                    .toSorted((a, b) => (a.month === b.month ? (a.name < b.name ? -1 : 1) : a.month < b.month ? 1 : -1))
                    .map((goal) => {
                      const kpi = kpis.find(({ name }) => name === goal.name);
                      const onRemove = isOwn ? () => save.mutate((all) => all.filter(({ id }) => id !== goal.id)) : undefined;
                      return kpi && <GoalRow key={goal.id} goal={goal} kpi={kpi} onRemove={onRemove} />;
                    })}
                </ul>
              )
            }
          </Loaded>
        </div>
      </Card>
    </>
  );
}
