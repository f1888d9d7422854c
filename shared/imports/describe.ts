/** How does an import read to the one who asked for it? */
import type { ImportAnswers, ImportJobAnswer, SurveyAnswer } from '../api/imports.ts';
import { type ImportJob, keptUntil } from '../store/import-jobs.ts';
import type { Trouble } from './run.ts';

const minute = 60_000;

/** Nothing was heard of it for longer than a run may take, or begin late: nobody will finish it any more. `now` in ms. */
export const isLost = ({ status, touchedAt, worker }: ImportJob, now: number): boolean =>
  ['surveying', 'importing', 'undoing'].includes(status) && now - Date.parse(touchedAt) > (worker ? 20 : 75) * minute;

const stopped = 'It stopped before its end. Choose the files again: what was counted is not counted twice.';

/** The answer for an import in a list: without the first rows of its files. */
export function listImport(job: ImportJob, now: number, undoable?: string): ImportJobAnswer {
  const answer = describeImport(job, now, undoable);
  const files = answer.survey?.files.map((file) => ({
    ...file,
    tables: file.tables.map((table) => ({ ...table, first: [] })),
  }));
  return { ...answer, survey: answer.survey && { ...answer.survey, files: files ?? [] } };
}

const notUndone = 'Undoing it stopped before its end: undo it again. What was taken back is not taken back twice.';

/** The answer for an import. `now` in ms; `undoable` is the id of the one that can be undone. */
export function describeImport(job: ImportJob, now: number, undoable?: string): ImportJobAnswer {
  const { id, status, files, requestedAt, finishedAt, sent, accepted, loaded } = job;
  const { refusals, questions } = JSON.parse(job.trouble || '{"refusals":[],"questions":[]}') as Trouble;
  const survey = job.survey ? (JSON.parse(job.survey) as SurveyAnswer) : null;
  const hasStopped = isLost(job, now);
  return {
    id,
    status: hasStopped ? (status === 'undoing' ? 'done' : 'failed') : status,
    files: files.map(({ name, bytes }) => ({ name, bytes })),
    answers: JSON.parse(job.answers || '{}') as ImportAnswers,
    questions,
    refusals: hasStopped ? [status === 'undoing' ? notUndone : stopped] : refusals,
    canUndo: undoable === id,
    undone: status === 'undone' ? { at: job.undoneAt, back: job.back, stay: job.stay } : null,
    survey,
    progress: { events: Math.max(sent, loaded), of: survey?.events ?? sent },
    accepted,
    refused: JSON.parse(job.refused || '[]') as SurveyAnswer['wrong'],
    requestedAt,
    finishedAt: finishedAt || null,
    keptUntil: keptUntil(requestedAt),
  };
}
