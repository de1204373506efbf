import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { de } from './catalogues/de.ts';
import { en, type Catalogue } from './catalogues/en.ts';
import { datesIn, type Dates } from './dates.ts';

export const languages = {
  en: { name: 'English', catalogue: en, locale: 'en-GB' },
  de: { name: 'Deutsch', catalogue: de, locale: 'de-DE' },
} as const;
export type Language = keyof typeof languages;
const kept = 'language';

const isLanguage = (text: string | null): text is Language =>
  text !== null && Object.hasOwn(languages, text);

/** The customer's choice, else the first language of the browser that has a catalogue. */
export const language = createStore<{ chosen: Language }>(() => {
  const own = localStorage.getItem(kept);
  return {
    chosen: isLanguage(own)
      ? own
      : (navigator.languages.map((tag) => tag.slice(0, 2)).find(isLanguage) ?? 'en'),
  };
});
language.subscribe(({ chosen }) => {
  localStorage.setItem(kept, chosen);
  document.documentElement.lang = chosen;
});
document.documentElement.lang = language.getState().chosen;

/** The catalogue of the chosen language. */
export function useTexts(): Catalogue {
  return languages[useStore(language, (state) => state.chosen)].catalogue;
}

/** Dates in the chosen language. */
export function useDates(): Dates {
  return datesIn(languages[useStore(language, (state) => state.chosen)].locale);
}
