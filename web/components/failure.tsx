/** What does a screen say when it has nothing to show, and why? */
import { ApiFailure } from '../data/api.ts';
import { formatFailure, formatIssue } from '../formatting/refusals.ts';
import { say, sayIfKnown } from '../formatting/say.ts';
import { Button } from './button.tsx';
import { Empty } from './skeleton.tsx';

/** Why it failed, and another try where that may help. */
export function Failure({ reason, retry }: { reason: unknown; retry?: () => void }) {
  const { code = '', issues = [] } = reason instanceof ApiFailure ? reason : {};
  return (
    <div role="alert">
      <Empty title={sayIfKnown(`failure.title.${code}`) ?? say('failure.title')}>
        <p>{reason instanceof ApiFailure ? formatFailure(reason) : say('failure.unknown')}</p>
        {issues.map((issue) => (
          <p key={issue.path + issue.message}>{formatIssue(issue)}</p>
        ))}
        {retry && code !== 'not_found' && (
          <Button className="mt-3" onClick={retry}>
            {say('failure.again')}
          </Button>
        )}
      </Empty>
    </div>
  );
}
