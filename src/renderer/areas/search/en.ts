import type { SearchProblem } from '../../../contract/bridge.ts';

/** The words of the search, in English. */
export const searchEn = {
  search: 'Search',
  clearSearch: 'Clear search',
  searchResults: 'Results',
  noResults: [
    'Nothing found',
    'Every word must be in one message or subject. Try fewer words, or the beginning of ' +
      'one. "Quotes" keep words together.',
  ],
  noMatches: [
    'Nothing found',
    'No ticket meets all of this. Leave out one condition, or search for the words alone.',
  ],
  wordsAlone: 'Search for the words alone',
  suggestions: 'Search suggestions',
  recentSearches: 'Recent',
  searchOperators: 'Narrow down',
  searchKeys: 'to choose',
  searchToResults: 'to the results',
  /** By operator: what it asks for. */
  searchHelp: {
    from: 'customer, or a colleague who wrote',
    assignee: 'whose ticket it is',
    status: 'where it stands',
    tag: 'a tag that it has',
    priority: 'how urgent',
    category: 'what about',
    before: 'earlier than a day',
    after: 'a day or later',
    is: 'unread, snoozed, open, closed',
    has: 'a note, a draft',
  } satisfies Record<SearchProblem['operator'], string>,
  searchValues: {
    me: 'you',
    none: 'nobody',
    unread: 'with something you have not seen',
    snoozed: 'sleeping now',
    open: 'still wants work',
    closed: 'resolved or closed',
    note: 'an internal note',
    draft: 'a draft of yours',
    today: 'since midnight',
    yesterday: 'the day before',
    '7d': '7 days ago',
    '30d': '30 days ago',
  } as Record<string, string>,
  /** Searches to try where nothing was found. */
  searchStep: {
    any: (words: string) => `Any of these words: ${words}`,
    spelling: (word: string) => `Search for "${word}"`,
  },
  stillIndexing: 'Older messages are still being indexed and may be missing here.',
  searchProblem: {
    person: (value: string) => `No colleague is called "${value}". Left out of the search.`,
    date: (value: string) =>
      `"${value}" is no day. Try 2026-11-01, yesterday or 7d. Left out of the search.`,
    value: (operator: string, value: string, known: string) =>
      `There is no ${operator} "${value}". Possible: ${known}. It is left out of the search.`,
    shown: (operator: string, value: string, known: string) =>
      `"${operator}:${value}" means nothing. Possible: ${known}. It is left out of the search.`,
  },
  /** Search on the server, among tickets that are not on this computer. */
  older: {
    title: 'Older tickets on the server',
    ask: 'Search older tickets on the server',
    asking: 'Asking the server',
    offline: 'Older tickets are on the server, which cannot be reached now.',
    mark: 'on the server',
    found: (n: number) =>
      n === 0
        ? 'No older ticket on the server has these words'
        : n === 1
          ? '1 older ticket on the server'
          : `${n} older tickets on the server`,
  },
} as const;
