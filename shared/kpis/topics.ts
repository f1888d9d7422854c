/** Which topics are there? Written by `npm run generate` from the files of this folder that declare one. */
import { content } from './content.ts';
import { finance } from './finance.ts';
import type { KpiTopic } from './language.ts';
import { operations } from './operations.ts';
import { refunds } from './refunds.ts';
import { sales } from './sales.ts';
import { satisfaction } from './satisfaction.ts';
import { shipping } from './shipping.ts';

export const topics: KpiTopic[] = [content, finance, operations, refunds, sales, satisfaction, shipping];
