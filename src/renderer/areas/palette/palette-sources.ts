import { openTicket, type Stores } from '../../stores.ts';
import { macroItems } from '../compose/macro-use.ts';
import type { PaletteGroup } from './palette-groups.ts';
import { texts } from '../../texts.ts';
import type { Command } from '../../keys/command.ts';
import type { CommandGroup } from '../../keys/command-groups.ts';
import { commands } from '../../keys/commands.ts';
import { keyFor, shortcutsOf } from '../../keys/keys.ts';
import { focusList } from '../../keys/open-ticket.ts';
import { paletteSteps } from '../../keys/palette-steps.ts';

const groups: Record<CommandGroup, PaletteGroup> = {
  move: 'commands',
  ticket: 'commands',
  write: 'commands',
  views: 'views',
  app: 'settings',
};
const mostTickets = 8;
const mostCustomers = 5;

/**
 * Puts commands, tickets and customers into the palette; answers the function that takes them out.
 */
export function installPaletteSources(stores: Stores): () => void {
  const { palette, desk } = stores;
  const ends = [
    palette.register({
      kind: 'list',
      items: () =>
        offered(stores).map((command) => ({
          id: command.id,
          group: groups[command.group],
          label: texts.commands[command.id],
          ...alsoOf(command.id),
          key: keyFor(command, shortcutsOf(stores)),
          run: () => {
            command.run(stores);
          },
        })),
    }),
    palette.register({ kind: 'typed', items: (query) => paletteSteps(stores, query, Date.now()) }),
    palette.register({
      kind: 'list',
      items: () =>
        macroItems(stores).map(({ id, title, run }) => ({
          id: `macro ${id}`,
          group: 'macros',
          label: title,
          run,
        })),
    }),
    palette.register({
      kind: 'ask',
      async items(query) {
        const { hits } = await desk.call('search.query', { query, limit: mostTickets });
        return hits.map(({ row }) => ({
          id: `ticket ${row.id}`,
          group: 'tickets',
          label: row.subject,
          hint: row.requester,
          run: () => {
            openTicket(stores, row.id);
            focusList();
          },
        }));
      },
    }),
    palette.register({
      kind: 'ask',
      async items(query) {
        const { customers } = await desk.call('customers.find', { query, limit: mostCustomers });
        return customers.map(({ id, name, email, tickets }) => ({
          id: `customer ${id}`,
          group: 'customers',
          label: name,
          hint: [email, texts.ticketCount(tickets)].filter((part) => part !== '').join(' · '),
          run: () => {
            searchFor(stores, email === '' ? name : email);
          },
        }));
      },
    }),
  ];
  return () => {
    for (const end of ends) end();
  };
}

/** What is done to the open ticket stands first, moving about last: that is quicker by its keys. */
const order: readonly CommandGroup[] = ['ticket', 'write', 'views', 'app', 'move'];

/** What can be done now; the palette itself is open already. */
function offered(stores: Stores): Command[] {
  const covered = stores.outbox.state.getState().shown;
  return commands
    .toSorted((a, b) => order.indexOf(a.group) - order.indexOf(b.group))
    .filter(
      (command) =>
        command.id !== 'palette' &&
        (command.available?.(stores) ?? true) &&
        (command.scope === 'everywhere' || !covered),
    );
}

function alsoOf(id: Command['id']): { also?: string } {
  const also = texts.synonyms[id];
  return also === undefined ? {} : { also };
}

/** All tickets of a customer. */
function searchFor(stores: Stores, text: string): void {
  stores.outbox.hide();
  stores.search.type(`from:"${text}"`);
  focusList();
}
