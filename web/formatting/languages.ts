/** Which languages does the page speak, and which one to this reader? */
import { i18n } from './say.ts';

/** Each by its own name. */
export const languages = { en: 'English', id: 'Bahasa Indonesia', es: 'Español' } as const;
/** `ar-XB` is no language: English with marks, from right to left, to see whether a layout holds. Only an address asks for it. */
export type Language = keyof typeof languages | 'ar-XB';

const isLanguage = (text: string | null | undefined): text is Language =>
  typeof text === 'string' && (Object.hasOwn(languages, text) || text === 'ar-XB');

// A setting of this browser, as the theme is.
const key = 'language';

function kept(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function keep(language: Language): void {
  try {
    localStorage.setItem(key, language);
  } catch {
    // Storage is closed: the language holds until the page is left.
  }
}

/** The first of the browser's languages that is spoken here, whatever its country. */
const ofBrowser = (): Language | undefined =>
  navigator.languages.map((each) => each.split('-')[0]).find((each) => isLanguage(each)) as Language | undefined;

/** The language to begin with: of the address (`?lang=es`, kept from then on), else as chosen before, else the browser's, else English. */
export function firstLanguage(): Language {
  const asked = new URLSearchParams(location.search).get('lang');
  if (isLanguage(asked)) keep(asked);
  return [asked, kept()].find((each) => isLanguage(each)) ?? ofBrowser() ?? 'en';
}

/** Each is a file of its own, loaded when it is wanted. */
const load: Record<Language, () => Promise<{ default: Record<string, string> }>> = {
  en: () => import('../messages/en.json', { with: { type: 'json' } }),
  id: () => import('../messages/id.json', { with: { type: 'json' } }),
  es: () => import('../messages/es.json', { with: { type: 'json' } }),
  'ar-XB': async () => {
    const [{ pseudo }, { default: english }] = await Promise.all([import('./pseudo.ts'), load.en()]);
    return { default: pseudo(english) };
  },
};

/** Numbers and days are written as the reader's country writes them, where the browser names one that speaks the language. */
export function localeOf(language: Language): string {
  const spoken = language === 'ar-XB' ? 'en' : language;
  return navigator.languages.find((each) => each.split('-')[0] === spoken) ?? spoken;
}

/** Loads a language and speaks it from now on. */
export async function speak(language: Language): Promise<void> {
  const { default: messages } = await load[language]();
  i18n.loadAndActivate({ locale: language, locales: localeOf(language), messages });
  if (typeof document === 'undefined') return;
  document.documentElement.lang = language;
  document.documentElement.dir = language === 'ar-XB' ? 'rtl' : 'ltr';
}

/** The language that is spoken now. */
export const spoken = (): Language => i18n.locale as Language;

/** The reader chooses another language. */
export async function chooseLanguage(language: Language): Promise<void> {
  await speak(language);
  keep(language);
}
