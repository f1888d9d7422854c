/** How does everything that is pressed look? */
import type { ButtonHTMLAttributes, ReactNode } from 'react';

const looks = {
  plain: 'border border-line bg-card text-ink hover:border-line-strong',
  accent: 'border border-transparent bg-accent text-accent-ink hover:opacity-90',
  quiet: 'border border-transparent text-soft hover:bg-page hover:text-ink',
} as const;

/** Classes of a button, for links that look like one. */
export const buttonLook = (look: keyof typeof looks = 'plain'): string =>
  `inline-flex min-h-9 items-center justify-center gap-2 rounded-lg px-3 py-1.5 text-sm font-medium whitespace-nowrap transition-colors disabled:opacity-50 ${looks[look]}`;

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: keyof typeof looks;
  children: ReactNode;
}

export const Button = ({ look = 'plain', className = '', ...rest }: ButtonProps) => (
  <button type="button" className={`${buttonLook(look)} ${className}`} {...rest} />
);
