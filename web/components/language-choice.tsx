/** In which language is the page? Kept in this browser alone. */
import { chooseLanguage, type Language, languages, spoken } from '../formatting/languages.ts';
import { say } from '../formatting/say.ts';
import { Choice } from './choice.tsx';

const options = Object.entries(languages) as [Language, string][];

export const LanguageChoice = ({ isLabelled = false }: { isLabelled?: boolean }) => (
  <Choice
    label={say('settings.language')}
    isLabelled={isLabelled}
    value={spoken()}
    options={options}
    onChange={(language) => void chooseLanguage(language)}
  />
);
