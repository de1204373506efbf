/** In the order in which they are shown. */
export const paletteGroups = [
  'commands',
  'macros',
  'views',
  'tickets',
  'customers',
  'settings',
] as const;
export type PaletteGroup = (typeof paletteGroups)[number];
