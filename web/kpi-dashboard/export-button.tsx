/** How do the numbers of a screen get into a file? The same question, asked by the exporter. */
import { Download } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../components/button.tsx';
import { Sheet } from '../components/sheet.tsx';
import { say } from '../formatting/say.ts';
import { MakeFile } from './make-file.tsx';

/** Parameters of GET …/kpis, names with commas between them. */
export type KpisQuestion = { names: string } & Record<string, string | number | undefined>;

export function ExportButton({ question: { names, ...rest } }: { question: KpisQuestion }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Download size={15} aria-hidden />
        {say('export.button')}
      </Button>
      {isOpen && (
        <Sheet title={say('export.title')} onClose={() => setOpen(false)}>
          <p className="mb-4 text-sm text-soft">{say('export.about')}</p>
          <MakeFile what={{ kpis: { names: names.split(','), ...rest } }} />
        </Sheet>
      )}
    </>
  );
}
