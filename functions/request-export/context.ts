/** What do the routes of request-export work with? */
import type { Start } from '../../shared/jobs/start.ts';
import type { SignLink } from '../../shared/lake/signed-link.ts';
import type { Table } from '../../shared/store/table.ts';

export interface ExportsContext {
  table: Table;
  /** Starts a run of export. */
  start: Start;
  /** Signs links to the files. */
  sign: SignLink;
  /** Has the deployment an address to send mail from? */
  sendsMail: boolean;
  /** Signs the cursors of the list of exports. */
  cursorKey: string;
}
