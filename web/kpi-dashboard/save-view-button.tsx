/** How is a view kept under a name? Its address is saved with the creator, for everyone who may see them. */
import { Bookmark } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import { Button } from '../components/button.tsx';
import { fieldLook } from '../components/choice.tsx';
import { useCreator } from '../components/creator.tsx';
import { FormErrors } from '../components/form-errors.tsx';
import { Sheet } from '../components/sheet.tsx';
import { useSaveViews } from '../data/saved-views.ts';
import { say } from '../formatting/say.ts';
import { mayChange, useSession } from '../session/session-context.ts';

/** The name, and off it goes; a sheet that is opened again begins anew. */
function SaveView({ onSaved }: { onSaved: () => void }) {
  const { creatorId } = useCreator();
  const [name, setName] = useState('');
  const [path] = useLocation();
  const search = useSearch();
  const save = useSaveViews(creatorId);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const kept = { id: crypto.randomUUID(), name: name.trim(), path, search, savedAt: new Date().toISOString() };
    save.mutate((views) => [...views, kept], { onSuccess: onSaved });
  };
  return (
    <form onSubmit={submit} className="grid gap-4">
      <label className="text-sm font-medium">
        {say('view.name')}
        <input
          required
          maxLength={80}
          value={name}
          onChange={(event) => setName(event.target.value)}
          className={`${fieldLook} mt-1`}
        />
      </label>
      <p className="text-sm text-soft">{say('view.about')}</p>
      <FormErrors reason={save.error} />
      <Button type="submit" look="accent" disabled={save.isPending}>
        {say('save')}
      </Button>
    </form>
  );
}

export function SaveViewButton() {
  const { creatorId } = useCreator();
  const session = useSession();
  const [isOpen, setOpen] = useState(false);
  const [isSaved, setSaved] = useState(false);
  // An analyst may look at a creator's views, not change them.
  if (!mayChange(session, creatorId)) return null;
  const open = (): void => {
    setSaved(false);
    setOpen(true);
  };
  const onSaved = (): void => {
    setSaved(true);
    setOpen(false);
  };
  return (
    <>
      <Button onClick={open}>
        <Bookmark size={15} aria-hidden />
        {say('view.save')}
      </Button>
      <span role="status" className="sr-only">
        {isSaved && say('view.saved')}
      </span>
      {isOpen && (
        <Sheet title={say('view.saveTitle')} onClose={() => setOpen(false)}>
          <SaveView onSaved={onSaved} />
        </Sheet>
      )}
    </>
  );
}
