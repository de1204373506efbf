import type { PaletteGroup } from './palette-groups.ts';

/** The words of the palette, in English. */
export const paletteEn = {
  palette: {
    placeholder: 'Search commands, tickets and customers',
    groups: {
      recent: 'Recent',
      commands: 'Commands',
      macros: 'Macros',
      views: 'Views',
      tickets: 'Tickets',
      customers: 'Customers',
      settings: 'Settings',
      similar: 'Similar',
    } satisfies Record<PaletteGroup | 'recent' | 'similar', string>,
    choose: 'Choose, or type',
    back: 'Back',
    typeFirst: 'Type to continue',
    nothing: ['No results', 'Try fewer letters, a customer, or a word from the ticket.'],
    asking: 'Searching tickets',
  },
} as const;
