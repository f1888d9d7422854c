/** Which views are kept, and where do they lead? */
import { Trash2 } from 'lucide-react';
import { Link } from 'wouter';
import { type SavedViews, useSavedViews } from '../../data/queries.ts';
import { useSaveViews } from '../../data/saved-views.ts';
import { Button } from '../../parts/button.tsx';
import { useCreator } from '../../parts/creator.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { mayChange, useSession } from '../../session/session-context.ts';

function ViewList({ views }: SavedViews) {
  const { creatorId } = useCreator();
  const save = useSaveViews(creatorId);
  const isOwn = mayChange(useSession(), creatorId);
  if (views.length === 0) return <p className="text-sm text-soft">None yet: press Save view on any screen of numbers.</p>;
  return (
    <ul>
      {views.map(({ id, name, path, search }) => (
        <li key={id} className="flex items-center justify-between gap-2 border-b border-line py-1.5 last:border-0">
          <Link
            href={search ? `${path}?${search.replace(/^\?/, '')}` : path}
            className="min-w-0 truncate text-sm font-medium text-accent"
          >
            <bdi>{name}</bdi>
          </Link>
          {isOwn && (
            <Button
              look="quiet"
              aria-label={`Forget the view ${name}`}
              disabled={save.isPending}
              onClick={() => save.mutate((all) => all.filter((view) => view.id !== id))}
            >
              <Trash2 size={15} aria-hidden />
            </Button>
          )}
        </li>
      ))}
      {save.error && <li className="pt-2 text-sm text-bad">{save.error.message}</li>}
    </ul>
  );
}

export const Views = () => (
  <Loaded query={useSavedViews(useCreator().creatorId)} shape="h-16">
    {(saved) => <ViewList {...saved} />}
  </Loaded>
);
