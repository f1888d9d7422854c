/** What heads a screen, and names its window. */
import { type ReactNode, useEffect } from 'react';
import { useCreator } from './creator.tsx';

export function PageTitle({ title, aside }: { title: string; aside?: ReactNode }) {
  const { name } = useCreator();
  useEffect(() => {
    document.title = `${title} · ${name}`;
  }, [title, name]);
  return (
    <h1 className="flex items-center gap-1 text-xl font-semibold tracking-tight sm:text-2xl">
      {title}
      {aside}
    </h1>
  );
}
