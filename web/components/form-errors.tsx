/** Why was what a form asked for not done? A sentence for each field that is wrong. */
import { ApiFailure } from '../data/api.ts';
import { formatFailure, formatIssue } from '../formatting/refusals.ts';
import { Notice } from './notice.tsx';

export function FormErrors({ reason }: { reason: Error | null }) {
  if (!reason) return null;
  const issues = reason instanceof ApiFailure ? reason.issues : [];
  return (
    <Notice tone="bad">
      {issues.length === 0 && formatFailure(reason)}
      {issues.map((issue) => (
        <p key={issue.path + issue.message}>{formatIssue(issue)}</p>
      ))}
    </Notice>
  );
}
