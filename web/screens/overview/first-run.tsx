/** What is there to do when no number has come in yet? */
import { useCreator } from '../../components/creator.tsx';
import { FirstSteps } from '../../components/first-steps-lazy.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { say } from '../../formatting/say.ts';

export function FirstRun() {
  const { creatorId, currency, name } = useCreator();
  return (
    <>
      <PageTitle title={say('first.welcome', { name })} />
      <FirstSteps creatorId={creatorId} currency={currency} />
    </>
  );
}
