/** What do the routes of request-import work with? */
import type { Start } from '../../shared/jobs/start.ts';
import type { SignLink, SignUpload } from '../../shared/lake/signed-link.ts';
import type { Table } from '../../shared/store/table.ts';

export interface ImportsContext {
  table: Table;
  /** Starts a run of import. */
  start: Start;
  /** Signs the addresses that files are put to. */
  sign: SignUpload;
  /** Signs links to files of what was refused. */
  link: SignLink;
}
