import type { Catalogue } from '../catalogues/en.ts';
import type { CommandGroup } from './command-groups.ts';

/**
 * A command's name: the key of its label in the catalogue, and of its own shortcut in the settings.
 */
export type CommandId = keyof Catalogue['commands'];

/** `tickets`: acts on the list or the open ticket, and not while another screen covers them. */
type CommandScope = 'everywhere' | 'tickets';

/** One of the things that a command can be told. */
export interface Choice {
  /** The id of another command that does the same; absent if there is none. */
  id?: string;
  label: string;
  /** Command and choice on one line, where the command's own words do not fit. */
  line?: string;
  /** Other words that it is looked for by, with commas between them. */
  also?: string;
  hint?: string;
  run: () => void;
}

/** The choices of a command. The palette lists them, and finds one typed with the command. */
export interface Choices {
  /** All that there are now. */
  known: () => Choice[];
  /** The choices made from the typed text: a time, a new tag. */
  typed?: (text: string) => Choice[];
  /** The typed text can mean nothing else, so no known choices are offered beside it. */
  isSure?: boolean;
}

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
  choices?: Choices;
  run: () => void;
}
