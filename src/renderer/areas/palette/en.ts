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
    } satisfies Record<PaletteGroup | 'recent', string>,
    nothing: ['No results', 'Try fewer letters, a customer, or a word from the ticket.'],
    asking: 'Searching tickets',
  },
} as const;
