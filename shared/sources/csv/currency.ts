/** Is an amount written in another currency than its row's? Signs are Unicode's (CLDR's narrow ones), codes ISO 4217's. */

/** Signs of more than one character, which CLDR writes otherwise or not at all. */
const ownSigns: { [sign: string]: string } = { Rp: 'IDR', RM: 'MYR', R$: 'BRL', S$: 'SGD', US$: 'USD' };

const narrowSign = (currency: string): string =>
  new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'narrowSymbol' })
    .formatToParts(1)
    .find(({ type }) => type === 'currency')?.value ?? currency;

/** What is wrong with the sign or the code beside an amount; undefined where there is none, or it is the row's. */
export function currencyProblem(text: string, currency: string): string | undefined {
  const remedy = `the row is in ${currency}; fill the column currency, or take the sign away`;
  const code = /(?<![A-Z])[A-Z]{3}(?![A-Z])/.exec(text)?.[0];
  if (code) return code === currency ? undefined : `${text} is in ${code}, ${remedy}`;
  const own = Object.keys(ownSigns).find((sign) => text.startsWith(sign));
  if (own) return ownSigns[own] === currency ? undefined : `${text} is in ${ownSigns[own]}, ${remedy}`;
  const sign = /\p{Sc}/u.exec(text)?.[0];
  return sign && sign !== narrowSign(currency) ? `${text} is in another currency (${sign}), ${remedy}` : undefined;
}
