import type { SearchProblem } from '../../../contract/bridge.ts';

/** The words of the search, in English. */
export const searchEn = {
  search: 'Search',
  clearSearch: 'Clear search',
  searchResults: 'Results',
  /** Orders of the results, where they are not called as those of lists. */
  searchSorts: {
    match: 'Newest match',
    newest: 'Newest activity',
    oldest: 'Oldest activity',
  },
  noResults: [
    'Nothing found',
    'Every word must be in one message or subject. Try fewer words, or the beginning of ' +
      'one. "Quotes" keep words together.',
  ],
  noMatches: [
    'Nothing found',
    'No ticket matches all conditions. Remove one, or search for the words alone.',
  ],
  wordsAlone: 'Search for the words alone',
  suggestions: 'Search suggestions',
  recentSearches: 'Recent',
  searchOperators: 'Narrow down',
  searchKeys: 'to choose',
  searchToResults: 'to the results',
  /** By operator: what it asks for. */
  searchHelp: {
    from: 'Sender',
    assignee: 'Assignee',
    status: 'Open, Needs reply, Resolved...',
    tag: 'Tag',
    priority: 'Priority',
    category: 'Topic',
    before: 'Before a date',
    after: 'On or after a date',
    is: 'Unread, snoozed, open or closed',
    has: 'Contains a note or draft',
  } satisfies Record<SearchProblem['operator'], string>,
  searchValues: {
    me: 'you',
    none: 'nobody',
    unread: 'has unseen messages',
    snoozed: 'snoozed now',
    open: 'not resolved or closed',
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
    any: (words: string) => `Search for any of these words: ${words}`,
    spelling: (word: string) => `Did you mean "${word}"?`,
  },
  stillIndexing: 'Older messages are still being indexed and may be missing from the results.',
  searchProblem: {
    person: (value: string) => `No colleague is called "${value}". Left out of the search.`,
    date: (value: string) =>
      `"${value}" is not a date. Try 2026-11-01, yesterday or 7d. Left out of the search.`,
    value: (operator: string, value: string, known: string) =>
      `No ${operator} is called "${value}". Try ${known}. Left out of the search.`,
    shown: (operator: string, value: string, known: string) =>
      `"${operator}:${value}" is not a filter. Try ${known}. Left out of the search.`,
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
