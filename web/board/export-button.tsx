/** How do the numbers of a screen get into a file? The same question, asked by the exporter. */
import { Download } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../parts/button.tsx';
import { Sheet } from '../parts/sheet.tsx';
import { MakeFile } from './make-file.tsx';

/** Parameters of GET …/kpis, names with commas between them. */
export type KpisQuestion = { names: string } & Record<string, string | number | undefined>;

export function ExportButton({ question: { names, ...rest } }: { question: KpisQuestion }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Download size={15} aria-hidden />
        Export
      </Button>
      {isOpen && (
        <Sheet title="Export these numbers" onClose={() => setOpen(false)}>
          <p className="mb-4 text-sm text-soft">
            The file holds exactly what this screen shows: the same days, grain, comparison and definitions.
          </p>
          <MakeFile what={{ kpis: { names: names.split(','), ...rest } }} />
        </Sheet>
      )}
    </>
  );
}
