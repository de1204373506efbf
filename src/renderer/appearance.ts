import { useEffect } from 'react';
import { useStoreOf } from './stores/context.tsx';
import { setCatalogue } from './texts.ts';
import { en } from './catalogues/en.ts';
import { setLocale } from './ui/format.ts';

const languages = { en: { catalogue: en, locale: 'en-GB' } } as const;
export type Language = keyof typeof languages;

/** Shows theme, density and language as the agent has chosen them; answers the language, by which what is drawn is keyed. */
export function useAppearance(): Language {
  const { theme, density } = useStoreOf((s) => s.settings, (state) => state.settings) ?? { theme: 'system', density: 'comfortable' };
  const language: Language = 'en';
  const { catalogue, locale } = languages[language];
  // While drawing, not after it: what is drawn below reads these.
  setCatalogue(catalogue);
  setLocale(locale);
  useEffect(() => {
    const root = document.documentElement;
    root.dataset['theme'] = theme;
    root.dataset['density'] = density;
    root.lang = language;
  }, [theme, density, language]);
  return language;
}
