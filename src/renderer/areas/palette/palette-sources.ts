import type { Command } from '../../keys/command.ts';
import type { CommandGroup } from '../../keys/command-groups.ts';
import { keyFor, shortcutsOf } from '../../keys/keys.ts';
import { focusList } from '../../keys/open-ticket.ts';
import type { Desk } from '../../bridge/client.ts';
import type { Navigation } from '../../navigation.ts';
import { texts } from '../../texts.ts';
import type { MacroUse } from '../compose/macro-use.ts';
import type { Outbox } from '../outbox/outbox-store.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import type { PaletteGroup } from './palette-groups.ts';
import type { PaletteItem } from './palette-rank.ts';
import type { Palette, PaletteSource } from './palette-store.ts';
import { typedChoices } from './typed-choices.ts';

const groups: Record<CommandGroup, PaletteGroup> = {
  move: 'commands',
  ticket: 'commands',
  write: 'commands',
  views: 'views',
  app: 'settings',
};
const mostTickets = 8;
const mostCustomers = 5;

/** Puts the sources into the palette; returns the function that removes them. */
export function installSources(palette: Palette, sources: readonly PaletteSource[]): () => void {
  const ends = sources.map((source) => palette.register(source));
  return () => {
    for (const end of ends) end();
  };
}

interface CommandParts {
  commands: readonly Command[];
  settings: SettingsStore;
  outbox: Outbox;
}

/** Every command that can be run now. */
export function commandSource({ commands, settings, outbox }: CommandParts): PaletteSource {
  return {
    kind: 'list',
    items: () =>
      offered(commands, outbox.state.getState().shown).map((command) => ({
        id: command.id,
        group: groups[command.group],
        label: texts.commands[command.id],
        ...alsoOf(command.id),
        ...(command.choices ? { choices: command.choices } : {}),
        key: keyFor(command, shortcutsOf(settings)),
        run: command.run,
      })),
  };
}

/** Commands that are typed with their choice. */
export function choiceSource({ commands, outbox }: Omit<CommandParts, 'settings'>): PaletteSource {
  return {
    kind: 'typed',
    items: (query) => typedChoices(offered(commands, outbox.state.getState().shown), query),
  };
}

/** Commands for the open ticket come first; moving about comes last, since its keys are quicker. */
const order: readonly CommandGroup[] = ['ticket', 'write', 'views', 'app', 'move'];

/** `isCovered`: another screen is over the tickets. The palette itself is open already. */
function offered(commands: readonly Command[], isCovered: boolean): Command[] {
  return commands
    .toSorted((a, b) => order.indexOf(a.group) - order.indexOf(b.group))
    .filter(
      ({ id, scope, available }) =>
        id !== 'palette' && (available?.() ?? true) && (scope === 'everywhere' || !isCovered),
    );
}

function alsoOf(id: Command['id']): { also?: string } {
  const also = texts.synonyms[id];
  return also === undefined ? {} : { also };
}

/** Every macro that can be inserted into the open ticket's composer. */
export function macroSource(macroUse: MacroUse): PaletteSource {
  return {
    kind: 'list',
    items: () =>
      macroUse.offered().map((macro) => ({
        id: `macro ${macro.id}`,
        group: 'macros',
        label: macro.name,
        run: () => {
          macroUse.insert(macro);
        },
      })),
  };
}

/** Places that commands lead to and no command is named for: saved views, pages of the settings. */
export function placeSource({ commands }: Pick<CommandParts, 'commands'>): PaletteSource {
  const named = new Set<string>(commands.map(({ id }) => id));
  return {
    kind: 'list',
    items: () =>
      commands
        .filter(({ group }) => group === 'views' || group === 'app')
        .flatMap(({ id: command, group, choices }) =>
          (choices?.known() ?? []).flatMap(({ id, label, run }): PaletteItem[] => {
            const line = texts.chosen[command]?.(label) ?? label;
            const isPlace = id !== undefined && !named.has(id);
            return isPlace ? [{ id, group: groups[group], label: line, run }] : [];
          }),
        ),
  };
}

interface FoundParts {
  desk: Desk;
  navigation: Navigation;
}

/** The tickets that the desk's search finds. */
export function ticketSource({ desk, navigation }: FoundParts): PaletteSource {
  return {
    kind: 'ask',
    async items(query) {
      const { hits } = await desk.call('search.query', { query, limit: mostTickets });
      return hits.map(({ row }) => ({
        id: `ticket ${row.id}`,
        group: 'tickets',
        label: row.subject,
        hint: row.requester,
        run: () => {
          navigation.openTicket(row.id);
          focusList();
        },
      }));
    },
  };
}

/** Customers by name or address: choosing one shows all of their tickets. */
export function customerSource({ desk, navigation }: FoundParts): PaletteSource {
  return {
    kind: 'ask',
    async items(query) {
      const { customers } = await desk.call('customers.find', { query, limit: mostCustomers });
      return customers.map(({ id, name, email, tickets }) => ({
        id: `customer ${id}`,
        group: 'customers',
        label: name,
        hint: [email, texts.ticketCount(tickets)].filter((part) => part !== '').join(' · '),
        run: () => {
          navigation.searchFor(`from:"${email === '' ? name : email}"`);
          focusList();
        },
      }));
    },
  };
}
