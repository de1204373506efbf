import type { Translated } from '../../kit/translated.ts';
import type { triageEn } from './en.ts';

/** The words of changes of one ticket and of many, and undo, in German. */
export const triageDe: Translated<typeof triageEn> = {
  // Several tickets at once.
  selection: {
    label: 'Auswahl',
    selected: (n) => `${n} ausgewählt`,
    all: (n) => `Alle ${n} dieser Ansicht auswählen`,
    clear: 'Aufheben',
    hint: 'Auswahl aufheben',
    close: 'Schließen',
    assign: 'Zuweisen',
    status: 'Status',
    priority: 'Priorität',
    category: 'Kategorie',
    tag: 'Tag',
    snooze: 'Zurückstellen',
    read: 'Gelesen',
    me: 'Mir',
    tagName: 'Neuer Tag',
    addTag: 'Tag hinzufügen',
    pick: 'auswählen',
  },
  bulk: {
    closed: (n, total) => (total === 1 ? '1 Ticket geschlossen' : `${n} Tickets geschlossen`),
    reopened: (n, total) =>
      total === 1 ? '1 Ticket wieder geöffnet' : `${n} Tickets wieder geöffnet`,
    read: (n, total) =>
      total === 1 ? '1 Ticket als gelesen markiert' : `${n} Tickets als gelesen markiert`,
    unread: (n, total) =>
      total === 1 ? '1 Ticket als ungelesen markiert' : `${n} Tickets als ungelesen markiert`,
    changed: (n, total, what) => (total === 1 ? `1 Ticket: ${what}` : `${n} Tickets: ${what}`),
    label: 'Sammelaktion',
    results: 'Ergebnisse',
    showResults: 'Ergebnisse zeigen',
    retry: (n) => `${n} noch einmal versuchen`,
    undoAll: 'Alles rückgängig machen',
    taking: 'Wird rückgängig gemacht',
    progress: 'Fortschritt',
    more: (n) => `${n} weitere`,
    empty: 'Noch keine Ergebnisse.',
    outcomes: {
      todo: (n) => `${n} stehen aus`,
      waiting: (n) => `${n} zu senden`,
      done: (n) => `${n} erledigt`,
      'not-sent': (n) => `${n} nicht gesendet`,
      failed: (n) => `${n} fehlgeschlagen`,
      skipped: (n) => `${n} unverändert`,
      undone: (n) => `${n} rückgängig gemacht`,
    },
    outcome: {
      todo: 'Steht aus',
      waiting: 'Zu senden',
      done: 'Erledigt',
      'not-sent': 'Nicht gesendet',
      failed: 'Fehlgeschlagen',
      skipped: 'Unverändert',
      undone: 'Rückgängig gemacht',
    },
    gone: 'Das Ticket ist nicht mehr hier',
    notUndoable: 'Das lässt sich nicht mehr rückgängig machen',
    showMore: (n) => `${n} weitere zeigen`,
  },

  // Pickers and snoozing.
  pickers: {
    titles: {
      assignee: 'Zuweisen',
      snooze: 'Zurückstellen',
      priority: 'Priorität',
      tags: 'Tags',
      status: 'Status',
      category: 'Kategorie',
    },
    placeholders: {
      assignee: 'Zuweisen an',
      snooze: 'Zurückstellen bis: morgen 9, in 3 Std, fr',
      priority: 'Priorität setzen',
      tags: 'Tag hinzufügen oder entfernen',
      status: 'Status setzen',
      category: 'Kategorie setzen',
    },
    nothing: ['Keine Treffer', 'Löschen Sie ein paar Buchstaben oder drücken Sie Esc.'],
    noTime: ['Das ist keine Zeit', "Versuchen Sie 'morgen 9', 'in 3 Std', 'fr' oder '25. dez'."],
    me: (name) => `${name} (Sie)`,
    newTag: (tag) => `Neuer Tag "${tag}"`,
    addTags: (tags) => `Tags ${tags} hinzufügen`,
    current: 'jetzt',
    remove: 'entfernen',
  },
  snooze: {
    presets: {
      laterToday: 'Später heute',
      tomorrow: 'Morgen',
      weekend: 'Dieses Wochenende',
      nextWeek: 'Nächste Woche',
      nextMonth: 'Nächster Monat',
    },
    untilReplyOption: 'Wenn der Kunde antwortet',
    wake: 'Wieder vorlegen',
    sooner: 'Wieder vorlegen, wenn der Kunde antwortet',
    until: (time) => `bis ${time}`,
    untilReply: 'bis der Kunde antwortet',
    asleep: (time) => `Bis ${time}`,
    asleepUntilReply: 'Bis zur Antwort',
    wokeByTime: (time) => `Zurückgestellt bis ${time}`,
    wokeByReply: 'Kunde hat geantwortet',
    asleepLabel: 'Zurückgestellt',
  },

  // Undo.
  undo: {
    undo: 'Rückgängig',
    sendNow: 'Jetzt senden',
    sendingIn: (seconds) => `Wird in ${seconds} s gesendet`,
    undone: (what) => `Rückgängig gemacht: ${what}`,
    nothing: 'Nichts rückgängig zu machen',
    closed: 'Ticket geschlossen',
    reopened: 'Ticket wieder geöffnet',
    statusSet: (to) => `Status auf ${to} gesetzt`,
    prioritySet: (to) => `Priorität auf ${to} gesetzt`,
    categorySet: (to) => `Kategorie auf ${to} gesetzt`,
    assigned: (to) => `${to} zugewiesen`,
    unassigned: 'Niemandem zugewiesen',
    tagAdded: (tag) => `Tag ${tag} hinzugefügt`,
    tagRemoved: (tag) => `Tag ${tag} entfernt`,
    changed: 'Geändert',
    snoozed: (until) => `Zurückgestellt ${until}`,
    unsnoozed: 'Nicht mehr zurückgestellt',
    unread: 'Als ungelesen markiert',
    staysUnread: {
      title: 'Weiterhin ungelesen',
      body: 'Seit Sie es als ungelesen markiert haben, ist etwas Neues eingegangen.',
    },
    onlyUntilSent:
      'Dieser Server kann Tickets nicht wieder öffnen. Rückgängig machen geht nur, bis es gesendet ist',
    final:
      'Dieser Server kann Tickets nicht wieder öffnen. Das lässt sich nicht rückgängig machen.',
    leftHeld: (n) =>
      n === 1
        ? '1 Antwort wurde vor dem Beenden nicht gesendet'
        : `${n} Antworten wurden vor dem Beenden nicht gesendet`,
    leftHeldHint: 'Wird erst nach Ihrer Freigabe im Postausgang gesendet.',
    openOutbox: 'Postausgang öffnen',
  },
};
