import { en } from './en.ts';
import type { Language, LanguagePack } from './scenario.ts';

/** All languages that customers of the demo write. */
export const packs: Partial<Record<Language, LanguagePack>> & { en: LanguagePack } = { en };
