/** The sign and the name. */
import { say } from '../formatting/say.ts';

export const Logo = () => (
  <span className="flex items-center gap-2.5 font-semibold tracking-tight">
    <svg viewBox="0 0 32 32" className="size-7" aria-hidden="true">
      <rect width="32" height="32" rx="8" className="fill-accent" />
      <path
        d="M7 22l6-7 5 4 7-10"
        fill="none"
        className="stroke-accent-ink"
        strokeWidth="3"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
    {say('app.name')}
  </span>
);
