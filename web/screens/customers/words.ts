/** How are counts, shares and money of customers told? */
import { useCreator } from '../../components/creator.tsx';
import { formatNumber } from '../../formatting/numbers.ts';

export function useWords() {
  const { currency } = useCreator();
  return {
    count: (n: number) => formatNumber(Math.round(n), { unit: 'count', currency }),
    money: (amount: number | null) => formatNumber(amount, { unit: 'money', currency }),
    share: (of: number | null) => formatNumber(of, { unit: 'ratio', currency, isShort: true }),
  };
}
