import type { Translated } from '../../kit/translated.ts';
import type { searchEn } from './en.ts';

/** The words of the search, in German. */
export const searchDe: Translated<typeof searchEn> = {
  search: 'Suchen',
  clearSearch: 'Suche leeren',
  searchResults: 'Treffer',
  searchSorts: {
    match: 'Neuester Treffer',
    newest: 'Neueste Aktivität',
    oldest: 'Älteste Aktivität',
  },
  noResults: [
    'Nichts gefunden',
    'Jedes Wort muss in einer Nachricht oder einem Betreff stehen. "Anführungszeichen" halten Wörter zusammen.',
  ],
  noMatches: [
    'Nichts gefunden',
    'Kein Ticket erfüllt all das. Lassen Sie eine Bedingung weg oder suchen Sie nur nach den Wörtern.',
  ],
  wordsAlone: 'Nur nach den Wörtern suchen',
  suggestions: 'Vorschläge zur Suche',
  recentSearches: 'Zuletzt gesucht',
  searchOperators: 'Eingrenzen',
  searchKeys: 'wählen',
  searchToResults: 'zu den Treffern',
  searchHelp: {
    from: 'Absender',
    assignee: 'Zuständig',
    status: 'Offen, Antwort offen, Gelöst...',
    tag: 'Tag',
    priority: 'Priorität',
    category: 'Thema',
    before: 'Vor einem Datum',
    after: 'Ab einem Datum',
    is: 'Ungelesen, zurückgestellt, offen oder geschlossen',
    has: 'Enthält Notiz oder Entwurf',
  },
  searchValues: {
    me: 'Sie',
    none: 'niemand',
    unread: 'mit ungelesenen Nachrichten',
    snoozed: 'jetzt zurückgestellt',
    open: 'weder gelöst noch geschlossen',
    closed: 'gelöst oder geschlossen',
    note: 'eine interne Notiz',
    draft: 'ein Entwurf von Ihnen',
    today: 'seit Mitternacht',
    yesterday: 'der Tag davor',
    '7d': 'vor 7 Tagen',
    '30d': 'vor 30 Tagen',
  },
  searchStep: {
    any: (words) => `Nach einem dieser Wörter suchen: ${words}`,
    spelling: (word) => `Meinten Sie "${word}"?`,
  },
  stillIndexing: 'Ältere Nachrichten werden noch erfasst und fehlen hier vielleicht.',
  searchProblem: {
    person: (value) => `Kein Kollege heißt "${value}". In der Suche weggelassen.`,
    date: (value) =>
      `"${value}" ist kein Datum. Versuchen Sie 2026-11-01, yesterday oder 7d. In der Suche weggelassen.`,
    value: (operator, value, known) =>
      `"${value}" gibt es bei ${operator} nicht. Versuchen Sie ${known}. In der Suche weggelassen.`,
    shown: (operator, value, known) =>
      `"${operator}:${value}" ist kein Filter. Versuchen Sie ${known}. In der Suche weggelassen.`,
  },
  older: {
    title: 'Ältere Tickets auf dem Server',
    ask: 'Ältere Tickets auf dem Server suchen',
    asking: 'Der Server wird gefragt',
    offline: 'Ältere Tickets liegen auf dem Server, der gerade nicht zu erreichen ist.',
    mark: 'auf dem Server',
    found: (n) =>
      n === 0
        ? 'Kein älteres Ticket auf dem Server enthält diese Wörter'
        : n === 1
          ? '1 älteres Ticket auf dem Server'
          : `${n} ältere Tickets auf dem Server`,
  },
};
