/** How do files come in by the page? Dropped, shown, confirmed, counted; for a shop that is not known yet too. */
import { useState } from 'react';
import { FormErrors } from '../../components/form-errors.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Notice } from '../../components/notice.tsx';
import { say } from '../../formatting/say.ts';
import { mayChange, useSession } from '../../session/session-context.ts';
import { DropZone } from './drop-zone.tsx';
import type { Chosen } from './dropped-files.ts';
import { History } from './history.tsx';
import { OneImport } from './one-import.tsx';
import { Templates } from './templates.tsx';
import { type Uploading, useDrop, useImport, useImports } from './use-imports.ts';

/** `timeZone` of the instants that are shown. */
export function Imports({ creatorId, timeZone }: { creatorId: string; timeZone: string }) {
  const isOurs = mayChange(useSession(), creatorId);
  const list = useImports(creatorId);
  const [looked, setLooked] = useState<string>();
  const [left, setLeft] = useState<Chosen>();
  const [uploading, setUploading] = useState<Uploading>();
  const drop = useDrop(creatorId, setUploading);
  // What waits for an answer stands there at once, whoever dropped it.
  const id =
    looked ?? list.data?.imports.find(({ status }) => status !== 'done' && status !== 'failed' && status !== 'waiting')?.id;
  const one = useImport(creatorId, id);
  const choose = (chosen: Chosen): void => {
    setLeft(chosen);
    if (chosen.files.length > 0) drop.mutate(chosen.files, { onSuccess: (job) => setLooked(job.id) });
  };
  return (
    <div className="grid grid-cols-1 gap-5">
      {isOurs ? (
        <DropZone isBusy={drop.isPending} onChoose={choose} />
      ) : (
        <p className="text-sm text-soft">{say('import.notYours')}</p>
      )}
      <Templates />
      {uploading && <Notice>{say('import.uploading', { ...uploading })}</Notice>}
      {left && left.files.length === 0 && <Notice tone="warn">{say('import.noneChosen')}</Notice>}
      {left && left.files.length > 0 && left.leftOut > 0 && (
        <Notice tone="warn">{say('import.leftOut', { count: left.leftOut })}</Notice>
      )}
      <FormErrors reason={drop.error} />
      {id !== undefined && (
        <Loaded query={one} shape="h-40">
          {(job) => <OneImport creatorId={creatorId} job={job} isOurs={isOurs} />}
        </Loaded>
      )}
      <Loaded query={list} shape="h-40">
        {({ imports }) => (
          <History imports={imports} timeZone={timeZone} onLook={setLooked} creatorId={creatorId} isOurs={isOurs} />
        )}
      </Loaded>
    </div>
  );
}
