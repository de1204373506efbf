import type { Translated } from '../../kit/translated.ts';
import type { ticketsEn } from './en.ts';

/** The words of tickets, their lists and their conversations, in German. */
export const ticketsDe: Translated<typeof ticketsEn> = {
  markedUnread: {
    title: 'Als ungelesen markiert',
    body: 'Das Ticket bleibt ungelesen, bis Sie es wieder öffnen oder antworten.',
  },

  // A ticket, wherever it is shown.
  status: {
    open: 'Offen',
    in_progress: 'In Arbeit',
    waiting: 'Antwort offen',
    resolved: 'Gelöst',
    closed: 'Geschlossen',
  },
  priority: {
    low: 'Niedrig',
    medium: 'Mittel',
    high: 'Hoch',
    urgent: 'Dringend',
  },
  category: {
    account: 'Konto',
    trading: 'Handel',
    funding: 'Einzahlung',
    technical: 'Technik',
    billing: 'Abrechnung',
    other: 'Sonstiges',
  },
  fields: {
    status: 'Status',
    priority: 'Priorität',
    category: 'Kategorie',
    assignee_id: 'Zuständig',
    subject: 'Betreff',
    snoozed_until: 'Zurückgestellt',
  },
  statusLabel: 'Status',
  priorityLabel: 'Priorität',
  assigneeLabel: 'Zuständig',
  categoryLabel: 'Kategorie',
  tagsLabel: 'Tags',
  cannot: {
    macros: 'Dieser Server führt keine Makros',
    notes: 'Dieser Server kann keine internen Notizen aufbewahren',
    changes: 'Dieser Server kann Tickets nicht ändern, nur schließen',
    assignment: 'Dieser Server kann Tickets nicht zuweisen',
    reopen: 'Dieser Server kann Tickets nicht wieder öffnen',
    reopenOnceClosed:
      'Schließen: Dieser Server kann Tickets nicht wieder öffnen. Rückgängig machen geht nur, bis es gesendet ist',
    live: 'Dieser Server kann nicht melden, wenn sich etwas ändert, deshalb sieht Staffdesk jede Minute nach',
  },
  notSnoozed: 'nein',
  untilReply: 'bis der Kunde antwortet',
  until: (time) => `bis ${time}`,

  // Views.
  viewsLabel: 'Ansichten',
  views: {
    mine: 'Meine',
    unassigned: 'Nicht zugewiesen',
    open: 'Offen',
    urgent: 'Dringend',
    waiting: 'Antwort offen',
    snoozed: 'Zurückgestellt',
    closed: 'Geschlossen',
    all: 'Alle',
    drafts: 'Entwürfe',
  },
  yours: 'Eigenes',
  emptyViews: {
    mine: ['Ihnen ist nichts zugewiesen', 'Ihnen zugewiesene Tickets stehen hier.'],
    unassigned: [
      'Jedes Ticket ist vergeben',
      'Neue Tickets, die noch niemand übernommen hat, stehen hier.',
    ],
    open: [
      'Keine offenen Tickets',
      'Tickets, die weder gelöst noch geschlossen sind, stehen hier.',
    ],
    urgent: ['Nichts ist dringend', 'Offene Tickets mit dringender Priorität stehen hier.'],
    waiting: [
      'Kein Kunde wartet auf Antwort',
      'Tickets, in denen der Kunde zuletzt geschrieben hat, stehen hier.',
    ],
    snoozed: ['Nichts ist zurückgestellt', 'Zurückgestellte Tickets kommen automatisch wieder.'],
    closed: ['Noch nichts geschlossen', 'Gelöste und geschlossene Tickets stehen hier.'],
    all: ['Noch keine Tickets', 'Wenn Kunden schreiben, stehen ihre Tickets hier.'],
    drafts: [
      'Keine Entwürfe',
      'Was Sie schreiben, wird beim Tippen gespeichert und steht hier, bis Sie es senden.',
    ],
  },
  saved: {
    heading: 'Eigene Ansichten',
    save: 'Ansicht sichern',
    saveAs: 'Diese Ansicht sichern',
    update: 'Änderungen sichern',
    name: 'Name der Ansicht',
    actions: (name) => `${name} ändern`,
    rename: 'Umbenennen',
    moveUp: 'Nach oben',
    moveDown: 'Nach unten',
    remove: 'Löschen',
    removed: (name) => `Ansicht ${name} gelöscht`,
  },

  // The list of tickets.
  tickets: 'Tickets',
  list: {
    sort: 'Reihenfolge',
    sorts: {
      newest: 'Neueste',
      oldest: 'Älteste',
      priority: 'Priorität',
      waiting: 'Am längsten ohne Antwort',
    },
    filter: 'Filter',
    filters: 'Filter der Liste',
    unread: 'Ungelesen',
    chip: (field, values) => `${field}: ${values}`,
    removeFilter: (chip) => `Filter ${chip} entfernen`,
    clear: 'Leeren',
    clearFilters: 'Filter aufheben',
    left: (row) => `${row}, nicht mehr in dieser Ansicht`,
    newAbove: (n) => `${n} neue darüber`,
    emptyFiltered: ['Nichts passt zu diesen Filtern', 'Entfernen Sie einen, um mehr zu sehen.'],
  },
  ticketCount: (n) => (n === 1 ? '1 Ticket' : `${n} Tickets`),
  waitingMark: 'noch zu senden',
  draftMark: 'Entwurf',
  notSentMark: 'nicht gesendet',
  unreadMark: 'ungelesen',
  previewYou: 'Sie:',
  previewStaff: 'Team:',
  moreHits: (n) => (n === '1' ? '+1 weiterer Treffer' : `+${n} weitere Treffer`),
  firstSync: 'Erster Abgleich',
  firstSyncHint: 'Mit dem, was schon da ist, können Sie arbeiten.',
  onlyOwn: [
    'Dieser Server zeigt Ihnen nur Ihre eigenen Tickets',
    'Tickets von Kunden erscheinen hier nicht, auch wenn es sie gibt. Bitten Sie die ' +
      'Administration des Servers um Zugriff darauf.',
  ],

  // A conversation.
  noTicket: [
    'Kein Ticket ausgewählt',
    'Wählen Sie eines aus der Liste, oder drücken Sie J, um oben zu beginnen.',
  ],
  notHere: [
    'Dieses Ticket ist nicht auf diesem Computer',
    'Es öffnet sich, sobald Sie online sind.',
  ],
  notWhole: 'Frühere Nachrichten werden geladen',
  notWholeOffline:
    'Frühere Nachrichten sind nicht auf diesem Computer. Sie kommen, sobald Sie online sind.',
  back: 'Zurück',
  opened: 'eröffnet',
  close: 'Schließen',
  reopen: 'Wieder öffnen',
  conversation: 'Verlauf',
  you: 'Sie',
  earlier: 'Frühere Nachrichten laden',
  newest: 'Neueste',
  newBelow: (n) => `${n} neue`,
  foundHere: 'von der Suche gefunden',
  noMessages: 'Noch keine Nachrichten.',
  showAll: 'Alles zeigen',

  // Details of a ticket.
  details: 'Details',
  ticketHeading: 'Ticket',
  addTag: 'Tag hinzufügen',
  removeTag: (tag) => `Tag ${tag} entfernen`,
  assignToMe: 'Mir zuweisen',
  otherTickets: 'Weitere Tickets',
  allOfCustomer: (n) => `Alle ${n} zeigen`,
  similarTickets: 'Ähnliche gelöste Tickets',
  copyLink: 'Link kopieren',
  linkCopied: 'Link kopiert',
  dates: 'Zeiten',
  created: 'Eröffnet',
  updated: 'Geändert',
  resolvedAt: 'Gelöst',
  messages: 'Nachrichten',
};
