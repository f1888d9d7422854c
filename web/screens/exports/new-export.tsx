/** How is a whole list asked for? */
import { useState } from 'react';
import { MakeFile } from '../../board/make-file.tsx';
import { Card } from '../../parts/card.tsx';
import { Choice } from '../../parts/choice.tsx';
import { lists } from './what.ts';

export function NewExport() {
  const [list, setList] = useState<(typeof lists)[number][0]>(lists[0][0]);
  return (
    <Card title="A whole list">
      <div className="grid gap-4">
        <Choice label="List" isLabelled value={list} options={lists} onChange={setList} />
        <MakeFile what={{ entities: list }} />
      </div>
    </Card>
  );
}
