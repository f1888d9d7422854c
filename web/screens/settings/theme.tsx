/** Light, dark, or as the system has it? Kept in this browser alone. */
import { useState } from 'react';
import { Choice } from '../../components/choice.tsx';
import { say, sayEach } from '../../formatting/say.ts';

const themes = [
  ['system', 'theme.system'],
  ['light', 'theme.light'],
  ['dark', 'theme.dark'],
] as const;
type ThemeName = (typeof themes)[number][0];

// theme.js reads it before anything is painted.
const key = 'theme';

function apply(theme: ThemeName): void {
  const { dataset } = document.documentElement;
  if (theme === 'system') delete dataset.theme;
  else dataset.theme = theme;
  try {
    if (theme === 'system') localStorage.removeItem(key);
    else localStorage.setItem(key, theme);
  } catch {
    // Storage is closed: the theme holds until the page is left.
  }
}

export function Theme() {
  const [theme, setTheme] = useState<ThemeName>(
    () => (document.documentElement.dataset.theme as ThemeName | undefined) ?? 'system',
  );
  return (
    <Choice
      label={say('theme.title')}
      isLabelled
      value={theme}
      options={sayEach(themes)}
      onChange={(chosen) => {
        apply(chosen);
        setTheme(chosen);
      }}
    />
  );
}
