/** What is made of the files of an import? The plan of the command, for the creator's own currency, asked in the words of the page. */
import type { ImportAnswers } from '../api/imports.ts';
import { type ImportPlan, planImport, type Remedies } from '../sources/seller-center/plan.ts';
import { marketOf } from '../sources/seller-center/rules/markets.ts';
import type { Profile } from '../store/profiles.ts';

const remedies: Remedies = {
  market: 'choose its market',
  zone: 'give its time zone, such as Europe/Berlin',
  exportedAt: 'when it was downloaded',
  otherShop: 'for its own shop',
  wanted: (currency) => `this shop counts in ${currency}; leave it out, or import it for its own shop`,
};

/** Throws PlanError as planImport does. `now` in ms. */
export function planFor(
  paths: string[],
  { creatorId, profile, answers, now }: { creatorId: string; profile: Profile | undefined; answers: ImportAnswers; now: number },
): Promise<ImportPlan> {
  const { market, exportedAt } = answers;
  const currency = answers.currency ?? profile?.currency;
  // The clocks in the files are those of the market, wherever the seller sits.
  const zone = answers.zone ?? (currency && !market && !marketOf(currency) ? profile?.zones.at(-1)?.zone : undefined);
  return planImport(paths, {
    creatorId,
    market,
    currency,
    zone,
    exportedAt: exportedAt === undefined ? undefined : Date.parse(exportedAt),
    remedies,
    now,
  });
}
