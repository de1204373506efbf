import type { Translated } from '../../kit/translated.ts';
import type { paletteEn } from './en.ts';

/** The words of the palette, in German. */
export const paletteDe: Translated<typeof paletteEn> = {
  palette: {
    placeholder: 'Befehle, Tickets und Kunden suchen',
    groups: {
      recent: 'Zuletzt',
      commands: 'Befehle',
      macros: 'Makros',
      views: 'Ansichten',
      tickets: 'Tickets',
      customers: 'Kunden',
      settings: 'Einstellungen',
      similar: 'Ähnlich',
    },
    choose: 'Wählen oder tippen',
    back: 'Zurück',
    typeFirst: 'Weiter mit Tippen',
    nothing: [
      'Keine Treffer',
      'Versuchen Sie weniger Buchstaben, einen Kunden oder ein Wort des Tickets.',
    ],
    asking: 'Sucht Tickets',
  },
};
