/** Why was what a form asked for not done? In the service's words, each issue by its field. */
import { ApiFailure } from '../data/api.ts';
import { Notice } from './notice.tsx';

export function Refusal({ reason }: { reason: Error | null }) {
  if (!reason) return null;
  const issues = reason instanceof ApiFailure ? reason.issues : [];
  return (
    <Notice tone="bad">
      {issues.length === 0 && reason.message}
      {issues.map(({ path, message }) => (
        <p key={path + message}>
          {path.split('.').at(-1)} {message}
        </p>
      ))}
    </Notice>
  );
}
