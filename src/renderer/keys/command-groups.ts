/** Where a command stands in the list of shortcuts and in the palette. */
export const commandGroups = ['move', 'ticket', 'write', 'views', 'app'] as const;
export type CommandGroup = (typeof commandGroups)[number];
