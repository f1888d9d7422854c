/** What does export do? Writes the file of one job and mails its link where that is asked for; the same event may come again. */
import { mailExport, type Sender } from '../../shared/exports/mail.ts';
import { type ExportEvent, runExport } from '../../shared/exports/run.ts';
import { openLake } from '../../shared/lake/store.ts';
import { openMail } from '../../shared/mail/send.ts';
import { openTable } from '../../shared/store/table.ts';
import { serveJob } from '../job.ts';

export const handler = serveJob(
  (variable, { MAIL_FROM }) => {
    const sender: Sender | undefined = MAIL_FROM ? { send: openMail(MAIL_FROM), apiUrl: variable('API_URL') } : undefined;
    return { table: openTable(variable('TABLE_NAME')), results: openLake(variable('RESULTS_BUCKET')), clock: Date.now, sender };
  },
  async (stores, event: ExportEvent) => {
    const outcome = await runExport(stores, event);
    return { outcome, mail: await mailExport(stores, event) };
  },
);
