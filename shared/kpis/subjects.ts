/** Which subjects are there? Written by `npm run generate` from the files of this folder that declare one. */
import type { KpiSubject } from './language.ts';
import { operations } from './operations.ts';
import { refunds } from './refunds.ts';
import { sales } from './sales.ts';
import { satisfaction } from './satisfaction.ts';
import { shipping } from './shipping.ts';

export const subjects: KpiSubject[] = [operations, refunds, sales, satisfaction, shipping];
