import { en } from './en.ts';
import { otherLanguages } from './other-languages.ts';
import type { Language, LanguagePack } from './scenario.ts';

/** All languages that customers of the demo write. */
export const packs: Record<Language, LanguagePack> = { en, ...otherLanguages };
