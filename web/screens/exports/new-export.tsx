/** How is a whole list asked for? */
import { useState } from 'react';
import { Card } from '../../components/card.tsx';
import { Choice } from '../../components/choice.tsx';
import { say, sayEach } from '../../formatting/say.ts';
import { MakeFile } from '../../kpi-dashboard/make-file.tsx';
import { lists } from './what.ts';

export function NewExport() {
  const [list, setList] = useState<(typeof lists)[number][0]>(lists[0][0]);
  return (
    <Card title={say('export.wholeList')}>
      <div className="grid gap-4">
        <Choice label={say('export.list')} isLabelled value={list} options={sayEach(lists)} onChange={setList} />
        <MakeFile what={{ entities: list }} />
      </div>
    </Card>
  );
}
