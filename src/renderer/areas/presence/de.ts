import type { Translated } from '../../kit/translated.ts';
import type { presenceEn } from './en.ts';

/** The words of colleagues at a ticket, in German. */
export const presenceDe: Translated<typeof presenceEn> = {
  presence: {
    replying: (names, n) => `${names} ${n === 1 ? 'antwortet' : 'antworten'} gerade`,
    viewing: (names, n) => `${names} ${n === 1 ? 'ist' : 'sind'} hier`,
  },
};
