/** How is the API described, to machines and to people? */
import { getDocs, getOpenApi } from '../../../shared/api/description.ts';
import { docsPage } from '../../../shared/api/docs-page.ts';
import { openApiOf } from '../../../shared/api/openapi.ts';
import { route } from '../../http.ts';
import type { ReportContext } from '../context.ts';

export const openApi = route(getOpenApi, (_call, { version }: ReportContext) => ({ json: openApiOf(version) }));

export const docs = route(getDocs, (_call, { version }: ReportContext) => ({ html: docsPage(openApiOf(version)) }));
