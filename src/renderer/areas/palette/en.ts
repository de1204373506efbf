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
    nothing: ['Nothing by that name', 'Try fewer letters, a customer, or a word of the ticket.'],
    asking: 'Looking for tickets',
  },
} as const;
