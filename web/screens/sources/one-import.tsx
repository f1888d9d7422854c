/** How far is an import, and what can be done about it now? */
import { Button, buttonLook } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { pathOf } from '../../components/creator.tsx';
import { FormErrors } from '../../components/form-errors.tsx';
import { Notice } from '../../components/notice.tsx';
import { say } from '../../formatting/say.ts';
import { RefusedFiles } from './changes.tsx';
import { Counts } from './counts.tsx';
import { Questions } from './questions.tsx';
import { Recognised } from './recognised.tsx';
import { type ImportJobAnswer, isRunning, useStep } from './use-imports.ts';

interface Props {
  creatorId: string;
  job: ImportJobAnswer;
  /** Of another shop's person: looks on. */
  isOurs: boolean;
}

const Refusals = ({ refusals }: { refusals: string[] }) => (
  <ul lang="en" className="grid grid-cols-1 gap-1 text-sm break-words">
    {refusals.map((refusal) => (
      <li key={refusal}>{refusal}</li>
    ))}
  </ul>
);

function Running({ job }: { job: ImportJobAnswer }) {
  const { events, of } = job.progress;
  const isCounting = job.status === 'importing';
  return (
    <div role="status" className="grid grid-cols-1 gap-2 text-sm">
      <p>
        {job.status === 'undoing'
          ? say('import.undoing')
          : isCounting
            ? say('import.counting', { count: events, of })
            : say('import.reading')}
      </p>
      <progress
        aria-label={say('import.progress')}
        className="h-1.5 w-full max-w-md accent-accent"
        {...(isCounting && of ? { value: events, max: of } : {})}
      />
    </div>
  );
}

function Done({ creatorId, job }: Props) {
  const days = job.survey?.days;
  const search = days ? `?from=${days.from}&to=${days.to}` : '';
  return (
    <Notice
      action={
        <a href={pathOf(creatorId, `sales${search}`)} className={buttonLook('accent')}>
          {say('import.show')}
        </a>
      }
    >
      {say('import.done', { count: job.accepted })}
    </Notice>
  );
}

function ToConfirm({ creatorId, job, isOurs }: Props) {
  const confirm = useStep(creatorId, job.id, 'confirm');
  if (job.questions.length > 0)
    return (
      <div className="grid grid-cols-1 gap-3">
        <Notice tone="warn">
          <Refusals refusals={job.refusals} />
        </Notice>
        {isOurs && <Questions creatorId={creatorId} job={job} />}
      </div>
    );
  return (
    <div className="grid grid-cols-1 gap-4">
      {job.survey && <Recognised survey={job.survey} />}
      <FormErrors reason={confirm.error} />
      {isOurs && (
        <div>
          <Button look="accent" disabled={confirm.isPending || job.survey?.events === 0} onClick={() => confirm.mutate({})}>
            {say('import.confirm')}
          </Button>
        </div>
      )}
    </div>
  );
}

export function OneImport(props: Props) {
  const { job } = props;
  const { status } = job;
  return (
    <Card title={say('import.recognised')}>
      <div className="grid grid-cols-1 gap-4">
        {isRunning(job) && <Running job={job} />}
        {status === 'waiting' && <Notice tone="warn">{say('import.waiting')}</Notice>}
        {status === 'to_confirm' && <ToConfirm key={job.id} {...props} />}
        {status === 'done' && <Done {...props} />}
        {status === 'done' && job.refusals.length > 0 && (
          <Notice tone="warn">
            <Refusals refusals={job.refusals} />
          </Notice>
        )}
        {job.undone && <Notice>{say('import.undone', { back: job.undone.back, stay: job.undone.stay })}</Notice>}
        {status === 'failed' && (
          <Notice tone="bad">
            <p className="font-medium">{say(job.progress.events > 0 ? 'import.stopped' : 'import.failed')}</p>
            <Refusals refusals={job.refusals} />
          </Notice>
        )}
        <RefusedFiles creatorId={props.creatorId} id={job.id} files={job.survey?.refusedFiles} />
        <Counts title={say('import.refused')} counts={job.refused} isBad />
      </div>
    </Card>
  );
}
