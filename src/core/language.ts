import type { Settings } from '../contract/bridge.ts';

/** The languages of Staffdesk. */
export type Language = Exclude<Settings['language'], 'system'>;

/**
 * The agent's choice, else the first of the system's languages (BCP 47 tags, best first) that
 * Staffdesk has.
 */
export function languageOf(choice: Settings['language'], system: readonly string[]): Language {
  if (choice !== 'system') return choice;
  const known: readonly Language[] = ['en', 'de'];
  return (
    system
      .map((tag) => known.find((language) => tag.toLowerCase().split('-')[0] === language))
      .find((language) => language !== undefined) ?? 'en'
  );
}
