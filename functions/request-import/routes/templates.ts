/** Which tables can be imported, and what does an empty file of one look like? */
import { getTemplate, getTemplates } from '../../../shared/api/imports.ts';
import { ApiError } from '../../../shared/errors.ts';
import { csvTemplate, templates, xlsxTemplate } from '../../../shared/sources/csv/templates.ts';
import { route } from '../../http.ts';
import type { ImportsContext } from '../context.ts';

export const allTemplates = route(getTemplates, async (_, __: ImportsContext) => ({ json: { templates } }));

const types = { csv: 'text/csv', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' } as const;

export const oneTemplate = route(getTemplate, async ({ id }, _: ImportsContext) => {
  const [kind, form] = id.split('.');
  const found = templates.find((each) => each.kind === kind);
  if (!found || (form !== 'csv' && form !== 'xlsx')) {
    const known = templates.map((each) => each.kind).join(', ');
    throw new ApiError('not_found', `There is no template ${id}: name one of ${known}, with .csv or .xlsx behind it.`);
  }
  const bytes = form === 'csv' ? csvTemplate(found) : await xlsxTemplate(found);
  return { json: { name: id, type: types[form], base64: Buffer.from(bytes).toString('base64') } };
});
