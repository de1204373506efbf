import { useLayoutEffect } from 'react';
import { languageOf, type Language } from '../core/language.ts';
import { de } from './catalogues/de.ts';
import { en, type Catalogue } from './catalogues/en.ts';
import { paneProperties } from './pane-sizes.ts';
import { useStoreOf } from './stores-context.tsx';
import { setCatalogue } from './texts.ts';
import { setLocale } from './kit/format.ts';

const languages: Record<Language, { catalogue: Catalogue; locale: string }> = {
  en: { catalogue: en, locale: 'en-GB' },
  de: { catalogue: de, locale: 'de-DE' },
};

/** The sizes that the agent has given the panes. */
function usePaneSizes(): void {
  const sizes = useStoreOf(
    (s) => s.settings,
    (state) => state.settings?.pane_sizes,
  );
  useLayoutEffect(() => {
    const { style } = document.documentElement;
    for (const [pane, size] of Object.entries(sizes ?? {})) {
      const property = paneProperties[pane as keyof typeof paneProperties];
      if (size === null) style.removeProperty(property);
      else style.setProperty(property, `${size}px`);
    }
  }, [sizes]);
}

/**
 * Shows theme, density and language as the agent has chosen them; returns the language, which is
 * the key of what is drawn.
 */
export function useAppearance(): Language {
  const {
    theme,
    density,
    language: choice,
  } = useStoreOf(
    (s) => s.settings,
    (state) => state.settings,
  ) ?? { theme: 'system', density: 'comfortable', language: 'system' };
  const language = languageOf(choice, navigator.languages);
  const { catalogue, locale } = languages[language];
  // While drawing, not after it: what is drawn below reads these.
  setCatalogue(catalogue);
  setLocale(locale);
  useLayoutEffect(() => {
    const root = document.documentElement;
    root.dataset['theme'] = theme;
    root.dataset['density'] = density;
    root.lang = language;
  }, [theme, density, language]);
  usePaneSizes();
  return language;
}
