/** How is a view kept under a name? Its address is saved with the creator, for everyone who may see them. */
import { Bookmark } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import { useSaveViews } from '../data/saved-views.ts';
import { Button } from '../parts/button.tsx';
import { fieldLook } from '../parts/choice.tsx';
import { useCreator } from '../parts/creator.tsx';
import { Notice } from '../parts/notice.tsx';
import { Sheet } from '../parts/sheet.tsx';
import { useSession } from '../session/session-context.ts';

export function SaveViewButton() {
  const { creatorId } = useCreator();
  const { claims } = useSession();
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState('');
  const [path] = useLocation();
  const search = useSearch();
  const save = useSaveViews(creatorId);
  // An analyst may look at a creator's views, not change them.
  if (claims.creatorId !== creatorId && !claims.roles.includes('admin')) return null;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const kept = { id: crypto.randomUUID(), name: name.trim(), path, search, savedAt: new Date().toISOString() };
    save.mutate((views) => [...views, kept], { onSuccess: () => setOpen(false) });
  };
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Bookmark size={15} aria-hidden />
        Save view
      </Button>
      {isOpen && (
        <Sheet title="Save this view" onClose={() => setOpen(false)}>
          <form onSubmit={submit} className="grid gap-4">
            <label className="text-sm font-medium">
              Name
              <input
                required
                maxLength={80}
                value={name}
                onChange={(event) => setName(event.target.value)}
                className={`${fieldLook} mt-1`}
              />
            </label>
            <p className="text-sm text-soft">
              Saved views stand in Settings. The address of this page holds the same view: it can be shared as it is.
            </p>
            {save.error && <Notice tone="bad">{save.error.message}</Notice>}
            <Button type="submit" look="accent" disabled={save.isPending}>
              Save
            </Button>
          </form>
        </Sheet>
      )}
    </>
  );
}
