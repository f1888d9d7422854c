/** How does something on the screen notice that time passes? */
import { useEffect, useState } from 'react';

/** Renders again every so many milliseconds. */
export function useTicking(every: number): void {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((n) => n + 1), every);
    return () => clearInterval(timer);
  }, [every]);
}
