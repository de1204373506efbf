import { appCommands } from './app-commands.ts';
import type { Command } from './command.ts';
import { moveCommands } from './move-commands.ts';
import { selectionCommands } from './selection-commands.ts';
import { sendCommands } from './send-commands.ts';
import { ticketCommands } from './ticket-commands.ts';
import { viewCommands } from './view-commands.ts';

/** Every command of the window. */
export const commands: readonly Command[] = [
  ...moveCommands,
  ...ticketCommands,
  ...selectionCommands,
  ...sendCommands,
  ...viewCommands,
  ...appCommands,
];
