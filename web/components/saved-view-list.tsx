/** Which views are kept, and where do they lead? */

import { Trash2 } from 'lucide-react';
import { Link } from 'wouter';
import type { SavedViews } from '../../shared/api/saved-views.ts';
import { useSavedViews } from '../data/queries.ts';
import { useSaveViews } from '../data/saved-views.ts';
import { formatFailure } from '../formatting/refusals.ts';
import { say } from '../formatting/say.ts';
import { mayChange, useSession } from '../session/session-context.ts';
import { Button } from './button.tsx';
import { useCreator } from './creator.tsx';
import { Loaded } from './loaded.tsx';

interface GoProps {
  /** Called when a view is gone to. */
  onGo?: (() => void) | undefined;
}

function ViewList({ views, onGo }: SavedViews & GoProps) {
  const { creatorId } = useCreator();
  const save = useSaveViews(creatorId);
  const isOwn = mayChange(useSession(), creatorId);
  if (views.length === 0) return <p className="text-sm text-soft">{say('views.none')}</p>;
  return (
    <ul>
      {views.map(({ id, name, path, search }) => (
        <li key={id} className="flex items-center justify-between gap-2 border-b border-line py-1.5 last:border-0">
          <Link
            href={search ? `${path}?${search.replace(/^\?/, '')}` : path}
            onClick={() => onGo?.()}
            className="min-w-0 truncate text-sm font-medium text-accent"
          >
            <bdi>{name}</bdi>
          </Link>
          {isOwn && (
            <Button
              look="quiet"
              aria-label={say('views.forget', { name })}
              disabled={save.isPending}
              onClick={() => save.mutate((all) => all.filter((view) => view.id !== id))}
            >
              <Trash2 size={15} aria-hidden />
            </Button>
          )}
        </li>
      ))}
      {save.error && <li className="pt-2 text-sm text-bad">{formatFailure(save.error)}</li>}
    </ul>
  );
}

export const SavedViewList = ({ onGo }: GoProps) => (
  <Loaded query={useSavedViews(useCreator().creatorId)} shape="h-16">
    {(saved) => <ViewList {...saved} onGo={onGo} />}
  </Loaded>
);
