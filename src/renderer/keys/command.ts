import type { Catalogue } from '../catalogues/en.ts';
import type { CommandGroup } from './command-groups.ts';

/**
 * A command's name: the key of its label in the catalogue, and of its own shortcut in the settings.
 */
export type CommandId = keyof Catalogue['commands'];

/** `tickets`: acts on the list or the open ticket, and not while another screen covers them. */
type CommandScope = 'everywhere' | 'tickets';

/**
 * Something the agent can do: said once for the keyboard, the palette, the list of shortcuts and
 * the tooltips.
 */
export interface Command {
  id: CommandId;
  group: CommandGroup;
  scope: CommandScope;
  /** As `namesOf` writes a key press; null: none until the agent chooses one. */
  key: string | null;
  /** A key that it has besides, whichever the agent chose. */
  fixedKey?: string;
  /** Goes on while its key is held down. Only what changes nothing may. */
  repeats?: true;
  /** Not offered while this is false; absent: always there. */
  available?: () => boolean;
  run: () => void;
}
