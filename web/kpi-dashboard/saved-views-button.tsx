/** How does one get to a saved view from where the range is chosen? */
import { List } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../components/button.tsx';
import { SavedViewList } from '../components/saved-view-list.tsx';
import { Sheet } from '../components/sheet.tsx';
import { say } from '../formatting/say.ts';

export function SavedViewsButton() {
  const [isOpen, setOpen] = useState(false);
  const close = (): void => setOpen(false);
  return (
    <>
      <Button aria-haspopup="dialog" onClick={() => setOpen(true)} className="print:hidden">
        <List size={15} aria-hidden />
        {say('settings.views')}
      </Button>
      {isOpen && (
        <Sheet title={say('settings.views')} onClose={close}>
          <SavedViewList onGo={close} />
        </Sheet>
      )}
    </>
  );
}
