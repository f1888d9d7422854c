/** How is a number called? By its name in the language of the page; formulas and sources stay the API's English. */
import { sayIfKnown } from './say.ts';

export const titleOf = ({ name, title }: { name: string; title: string }): string => sayIfKnown(`kpi.${name}.title`) ?? title;

/** The same thing with its title in the language of the page. */
export const titled = <Kpi extends { name: string; title: string }>(kpi: Kpi): Kpi => ({ ...kpi, title: titleOf(kpi) });

export const formatTopic = (subject: string): string => sayIfKnown(`subject.${subject}`) ?? subject;
