/** Where are files dropped? A large field that takes a drop, and two buttons for those who choose instead. */
import { FileUp, FolderUp } from 'lucide-react';
import { type ChangeEvent, type DragEvent, useRef, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { say } from '../../formatting/say.ts';
import { type Chosen, chosenOf, droppedFiles } from './dropped-files.ts';

export interface DropZoneProps {
  isBusy: boolean;
  onChoose: (chosen: Chosen) => void;
}

export function DropZone({ isBusy, onChoose }: DropZoneProps) {
  const [isOver, setOver] = useState(false);
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const choose = ({ target }: ChangeEvent<HTMLInputElement>): void => {
    onChoose(chosenOf([...(target.files ?? [])]));
    // The same file chosen again is a choice again.
    target.value = '';
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    if (!isBusy) void droppedFiles(event.dataTransfer).then(onChoose);
  };
  return (
    <section
      aria-label={say('import.drop')}
      data-drop-zone
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={`space-y-3 rounded-card border-2 border-dashed px-4 py-10 text-center ${isOver ? 'border-accent bg-accent-wash' : 'border-line-strong bg-card'}`}
    >
      <FileUp size={28} aria-hidden className="mx-auto text-accent" />
      <p className="font-medium">{say('import.drop')}</p>
      <p className="mx-auto max-w-prose text-sm text-soft">{say('import.which')}</p>
      <div className="flex flex-wrap justify-center gap-2">
        <Button look="accent" disabled={isBusy} onClick={() => files.current?.click()}>
          <FileUp size={15} aria-hidden />
          {say('import.choose')}
        </Button>
        <Button disabled={isBusy} onClick={() => folder.current?.click()}>
          <FolderUp size={15} aria-hidden />
          {say('import.chooseFolder')}
        </Button>
      </div>
      <input ref={files} type="file" hidden multiple accept=".xlsx,.csv" onChange={choose} data-files />
      <input ref={folder} type="file" hidden multiple {...{ webkitdirectory: '' }} onChange={choose} />
      <p className="text-xs text-soft">{say('import.kept')}</p>
    </section>
  );
}
