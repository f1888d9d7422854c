/** Which files came in before, and what became of them? */
import { Undo2 } from 'lucide-react';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { FormErrors } from '../../components/form-errors.tsx';
import { Empty } from '../../components/skeleton.tsx';
import { formatInstant, formatRange } from '../../formatting/dates.ts';
import { say } from '../../formatting/say.ts';
import type { ImportJobAnswer } from './use-imports.ts';
import { useUndo } from './use-own-files.ts';

export interface HistoryProps {
  imports: ImportJobAnswer[];
  timeZone: string;
  onLook: (id: string) => void;
  creatorId: string;
  /** Of another shop's person: looks on. */
  isOurs: boolean;
}

export function History({ imports, timeZone, onLook, creatorId, isOurs }: HistoryProps) {
  const undo = useUndo(creatorId);
  return (
    <Card title={say('import.history')}>
      <FormErrors reason={undo.error} />
      {imports.length === 0 ? (
        <Empty title={say('import.noneTitle')}>{say('import.none')}</Empty>
      ) : (
        <DataTable
          caption={say('import.history')}
          rows={imports}
          keyOf={({ id }) => id}
          columns={[
            {
              title: say('import.files'),
              cell: ({ files }) => (
                <span className="text-sm break-all">
                  {files[0]?.name}
                  {files.length > 1 && (
                    <span className="block text-xs text-soft">{say('import.more', { count: files.length - 1 })}</span>
                  )}
                </span>
              ),
            },
            { title: say('import.when'), isWide: true, cell: ({ requestedAt }) => formatInstant(requestedAt, timeZone) },
            {
              title: say('import.about'),
              isWide: true,
              cell: ({ survey }) => survey?.days && formatRange(survey.days.from, survey.days.to),
            },
            {
              title: say('import.state'),
              cell: ({ status, accepted }) => (
                <span>
                  {say(`import.status.${status}`)}
                  {status === 'done' && (
                    <span className="block text-xs text-soft">{say('import.entries', { count: accepted })}</span>
                  )}
                </span>
              ),
            },
            {
              title: <span className="sr-only">{say('import.look')}</span>,
              isNumber: true,
              cell: ({ id, files, canUndo }) => (
                <span className="flex flex-wrap justify-end gap-2">
                  {isOurs && canUndo && (
                    <Button
                      disabled={undo.isPending}
                      onClick={() => undo.mutate(id, { onSuccess: () => onLook(id) })}
                      aria-label={say('import.undoOf', { name: files[0]?.name })}
                    >
                      <Undo2 size={15} aria-hidden />
                      {say('import.undo')}
                    </Button>
                  )}
                  <Button onClick={() => onLook(id)} aria-label={say('import.lookAt', { name: files[0]?.name })}>
                    {say('import.look')}
                  </Button>
                </span>
              ),
            },
          ]}
        />
      )}
    </Card>
  );
}
