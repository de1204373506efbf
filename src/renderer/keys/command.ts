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
  /** Where another command does the same, that one's; else absent. */
  id?: string;
  label: string;
  /** Command and choice on one line, where the command's own words do not fit. */
  line?: string;
  /** Other words that it is looked for by, with commas between them. */
  also?: string;
  hint?: string;
  run: () => void;
}

/** What a command asks for. The palette lists it, and finds it typed together with the command. */
export interface Choices {
  /** All that there are now. */
  known: () => Choice[];
  /** What is made of the typed text: a time, a new tag. */
  typed?: (text: string) => Choice[];
  /** What is typed can mean nothing else, so that no known ones are offered beside it. */
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
