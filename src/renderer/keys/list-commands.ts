import { searchSorts, ticketSorts } from '../../contract/bridge.ts';
import { isBlank, oneLine } from '../../core/text.ts';
import type { Palette } from '../areas/palette/palette-store.ts';
import type { Search } from '../areas/search/search-store.ts';
import type { Inbox } from '../areas/tickets/list/inbox.ts';
import type { SavedViews } from '../areas/tickets/views/saved-views-store.ts';
import type { Panels } from '../panels.ts';
import { texts } from '../texts.ts';
import { choosingCommand } from './choosing-commands.ts';
import type { Choice, Command } from './command.ts';

interface ListParts {
  palette: Palette;
  panels: Panels;
  inbox: Inbox;
  search: Search;
  savedViews: SavedViews;
}

/** The commands of the list's head: its order, its filters, and a view of them. */
export function listCommands(parts: ListParts): Command[] {
  const { inbox, search, savedViews } = parts;
  const sort = { known: () => sorts(inbox, search) };
  const save = { known: () => [], typed: (name: string) => savedAs(name, savedViews) };
  return [
    choosingCommand({ id: 'sort', group: 'move', scope: 'tickets', choices: sort }, parts),
    {
      id: 'clearFilters',
      group: 'move',
      scope: 'tickets',
      key: null,
      available: () => Object.keys(shown(inbox, search).filter).length > 0,
      run: () => {
        if (search.active()) search.narrow({});
        else inbox.narrow({});
      },
    },
    choosingCommand(
      {
        id: 'saveView',
        group: 'views',
        scope: 'tickets',
        available: () => !search.active(),
        choices: save,
      },
      parts,
    ),
  ];
}

/** The list or the results, whichever can be seen. */
function shown(inbox: Inbox, search: Search) {
  return (search.active() ? search : inbox).state.getState();
}

function sorts(inbox: Inbox, search: Search): Choice[] {
  if (!search.active())
    return ticketSorts.map((sort) => ({
      label: texts.list.sorts[sort],
      run: () => {
        inbox.sort(sort);
      },
    }));
  const names = { ...texts.list.sorts, ...texts.searchSorts };
  return searchSorts.map((sort) => ({
    label: names[sort],
    run: () => {
      search.order(sort);
    },
  }));
}

function savedAs(typed: string, savedViews: SavedViews): Choice[] {
  const name = oneLine(typed);
  if (isBlank(name)) return [];
  const save = (): void => {
    savedViews.save(name);
  };
  return [{ label: name, run: save }];
}
