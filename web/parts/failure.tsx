/** What does a screen say when it has nothing to show, and why? */
import { ApiFailure } from '../data/api.ts';
import { Empty } from './blank.tsx';
import { Button } from './button.tsx';

const titles: Record<string, string> = {
  unreachable: 'The service cannot be reached',
  late: 'The service is slow to answer',
  too_many_requests: 'Too many requests at once',
  not_found: 'There is nothing here for you',
  forbidden: 'You may not see this',
  bad_request: 'This question cannot be answered',
};

/** Why it failed, and another try where that may help. */
export function Failure({ reason, retry }: { reason: unknown; retry?: () => void }) {
  const { code = '', message = 'Something went wrong on this page.', issues = [] } = reason instanceof ApiFailure ? reason : {};
  return (
    <div role="alert">
      <Empty title={titles[code] ?? 'The numbers could not be loaded'}>
        <p>{message}</p>
        {issues.map(({ path, message: more }) => (
          <p key={path + more}>
            {path}: {more}
          </p>
        ))}
        {retry && code !== 'not_found' && (
          <Button className="mt-3" onClick={retry}>
            Try again
          </Button>
        )}
      </Empty>
    </div>
  );
}
