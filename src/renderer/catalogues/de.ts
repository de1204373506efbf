import type { Catalogue } from './en.ts';

/**
 * Every word of the window, in German: the same places in the same order as in en.ts, which the
 * compiler compares.
 */
export const de: Catalogue = {
  // All over the window.
  app: 'Staffdesk',
  loading: 'Lädt',
  retry: 'Noch einmal versuchen',
  closePanel: 'Schließen',
  reload: 'Neu laden',
  crashed: [
    'Dieser Teil des Fensters ist stehen geblieben',
    'Nichts Gespeichertes ist verloren. Laden Sie das Fenster neu, um weiterzuarbeiten.',
  ],
  copied: 'Kopiert',
  markedUnread: {
    title: 'Als ungelesen markiert',
    body: 'Das Ticket bleibt ungelesen, bis Sie es wieder öffnen oder antworten.',
  },
  notCopied: {
    title: 'Nicht kopiert.',
    body: 'Markieren Sie den Text und kopieren Sie ihn selbst.',
  },
  colleague: 'ein Kollege',
  customer: 'Kunde',
  customerNamed: (name) => `${name} (Kunde)`,
  nobody: 'Niemand',
  deactivated: (name) => `${name} (deaktiviert)`,
  ago: (age) => age ?? 'gerade eben',
  noValue: 'nichts',
  none: 'nichts',
  never: 'noch nicht',
  errors: {
    'invalid-input': {
      sentence: 'Diese Eingabe kann nicht verwendet werden.',
      remedy: 'Prüfen Sie den markierten Wert und versuchen Sie es noch einmal.',
    },
    'not-signed-in': {
      sentence: 'Sie sind nicht angemeldet.',
      remedy:
        'Melden Sie sich an, um fortzufahren. Entwürfe und wartende Antworten bleiben erhalten.',
    },
    'wrong-credentials': {
      sentence: 'E-Mail oder Passwort stimmt nicht.',
      remedy:
        'Prüfen Sie beides und versuchen Sie es noch einmal, oder bitten Sie Ihre ' +
        'Administration, Ihr Passwort zurückzusetzen.',
    },
    'not-staff': {
      sentence: 'Dieses Konto ist ein Kundenkonto.',
      remedy: 'Melden Sie sich mit einem Mitarbeiterkonto an.',
    },
    'too-many-attempts': {
      sentence: 'Zu viele Anmeldeversuche.',
      remedy: 'Warten Sie eine Minute und versuchen Sie es dann noch einmal.',
    },
    unreachable: {
      sentence: 'Der Support-Server ist nicht erreichbar.',
      remedy:
        'Prüfen Sie das Netz. Alles, was Sie tun, wird aufgehoben und geht von selbst hinaus.',
    },
    'unexpected-answer': {
      sentence: 'Zwischen hier und dem Support-Server hat etwas anderes geantwortet.',
      remedy:
        'Meist ist es die Anmeldeseite eines WLANs: Öffnen Sie eine Webseite, melden Sie ' +
        'sich dort an und versuchen Sie es dann noch einmal.',
    },
    'server-error': {
      sentence: 'Der Support-Server hatte ein Problem.',
      remedy: 'Nichts ist verloren. Versuchen Sie es gleich noch einmal.',
    },
    'name-not-found': {
      sentence: 'Der Name des Support-Servers ist in diesem Netz nicht bekannt.',
      remedy:
        'Prüfen Sie das Netz oder das VPN und die Adresse des Servers. Alles, was Sie tun, bleibt erhalten.',
    },
    'connection-refused': {
      sentence: 'Unter seiner Adresse läuft der Support-Server nicht.',
      remedy:
        'Warten Sie ein wenig oder sagen Sie es seiner Administration. Alles, was Sie tun, ' +
        'bleibt erhalten und wird gesendet, sobald er wieder da ist.',
    },
    'timed-out': {
      sentence: 'Der Support-Server hat nicht rechtzeitig geantwortet.',
      remedy:
        'Prüfen Sie das Netz. Alles, was Sie tun, bleibt erhalten und wird gesendet, sobald er antwortet.',
    },
    'bad-certificate': {
      sentence:
        'Dem Zertifikat des Support-Servers ist nicht zu trauen, deshalb wurde ihm nichts gesendet.',
      remedy:
        'Vielleicht liest in diesem Netz jemand mit: Versuchen Sie ein anderes, oder sagen ' +
        'Sie es der Administration des Servers. Alles, was Sie tun, bleibt erhalten.',
    },
    'certificate-date': {
      sentence: 'Das Zertifikat des Support-Servers gilt am Datum dieses Computers nicht.',
      remedy:
        'Prüfen Sie Datum und Uhrzeit dieses Computers. Stimmen sie, sagen Sie es der ' +
        'Administration des Servers. Alles, was Sie tun, bleibt erhalten.',
    },
    'proxy-sign-in': {
      sentence: 'Der Proxy dieses Netzes verlangt eine Anmeldung.',
      remedy:
        'Tragen Sie Benutzer und Passwort des Proxys im System ein, oder fragen Sie, wer ' +
        'das Netz betreut. Alles, was Sie tun, bleibt erhalten.',
    },
    'odd-answer': {
      sentence: 'Der Support-Server hat eine Antwort gegeben, die Staffdesk nicht versteht.',
      remedy:
        'Es wird weiter versucht. Bleibt es dabei, sagen Sie es der Administration des ' +
        'Servers: Beide passen vielleicht nicht zusammen. Alles, was Sie tun, bleibt ' +
        'erhalten.',
    },
    'answer-too-large': {
      sentence: 'Der Support-Server hat mehr auf einmal gesendet, als Staffdesk annimmt.',
      remedy: 'Sagen Sie es der Administration des Servers. Alles, was Sie tun, bleibt erhalten.',
    },
    'wrong-address': {
      sentence: 'Unter dieser Adresse gibt es keinen Support-Server.',
      remedy:
        'Prüfen Sie die Adresse, mit der Staffdesk gestartet wurde, oder fragen Sie die ' +
        'Administration: Der Server ist vielleicht umgezogen. Alles, was Sie tun, bleibt ' +
        'erhalten.',
    },
    'rate-limited': {
      sentence: 'Der Support-Server hat um eine Pause gebeten.',
      remedy: 'Danach wird es wieder versucht. Alles, was Sie tun, bleibt erhalten.',
    },
    'account-deactivated': {
      sentence: 'Dieses Konto wurde deaktiviert.',
      remedy:
        'Fragen Sie eine Administratorin oder einen Administrator, oder melden Sie sich ' +
        'mit einem anderen Konto an. Entwürfe und wartende Antworten bleiben erhalten.',
    },
    'ticket-not-found': {
      sentence: 'Dieses Ticket gibt es hier nicht mehr.',
      remedy: 'Es wurde vielleicht gelöscht oder zusammengeführt. Wählen Sie ein anderes.',
    },
    'ticket-closed': {
      sentence: 'Dieses Ticket ist geschlossen.',
      remedy: 'Öffnen Sie es wieder, um zu antworten.',
    },
    'operation-not-found': {
      sentence: 'Dieser Eintrag wartet nicht mehr.',
      remedy: 'Sehen Sie in das Ticket: Er ist vielleicht inzwischen hinausgegangen.',
    },
    'not-undoable': {
      sentence: 'Das lässt sich nicht mehr zurücknehmen.',
      remedy: 'Es ist unterwegs oder angekommen. Sehen Sie in das Ticket und ändern Sie es dort.',
    },
    'bulk-too-large': {
      sentence: 'Das sind mehr als 10.000 Tickets auf einmal.',
      remedy: 'Grenzen Sie die Ansicht mit einem Filter ein und gehen Sie in Teilen vor.',
    },
    'disk-full': {
      sentence: 'Nicht gespeichert: Der Datenträger ist voll.',
      remedy: 'Schaffen Sie Platz und versuchen Sie es dann noch einmal. Ihr Text ist noch hier.',
    },
    'storage-failed': {
      sentence: 'Nicht gespeichert: Die lokale Datenbank hat die Änderung abgelehnt.',
      remedy: 'Ihr Text ist noch hier. Kopieren Sie ihn und starten Sie Staffdesk dann neu.',
    },
    'storage-read-only': {
      sentence:
        'Nicht gespeichert: In den Datenordner von Staffdesk kann nicht geschrieben werden.',
      remedy:
        'Erlauben Sie Änderungen darin oder prüfen Sie den Datenträger. Ihr Text ist noch ' +
        'hier, und Staffdesk arbeitet weiter, sobald es schreiben kann.',
    },
    'storage-held': {
      sentence: 'Nicht gespeichert: Ein anderes Programm verwendet gerade die Daten von Staffdesk.',
      remedy:
        'Warten Sie, bis es fertig ist, etwa eine Datensicherung, und versuchen Sie es ' +
        'dann noch einmal. Ihr Text ist noch hier.',
    },
    'storage-gone': {
      sentence:
        'Nicht gespeichert: Der Datenordner von Staffdesk wurde verschoben, gelöscht oder ersetzt.',
      remedy:
        'Legen Sie ihn zurück oder machen Sie seinen Platz frei: Staffdesk schreibt ihn ' +
        'dort neu. Ihr Text ist noch hier.',
    },
    'not-supported': {
      sentence: 'Dieser Server kann das nicht.',
      remedy: 'Bitten Sie seine Administration um eine neuere Fassung.',
    },
    refused: {
      sentence: 'Die Anfrage kam nicht aus dem Fenster von Staffdesk.',
      remedy: 'Öffnen Sie Staffdesk noch einmal.',
    },
    'shell-gone': {
      sentence: 'Staffdesk läuft nicht mehr.',
      remedy:
        'Starten Sie es neu und machen Sie im neuen Fenster weiter. Alles bisher Gespeicherte bleibt erhalten.',
    },
    'window-stale': {
      sentence: 'Staffdesk wurde neu gestartet, und dieses Fenster ist nicht mehr damit verbunden.',
      remedy:
        'Kopieren Sie, was Sie gerade schreiben, schließen Sie dieses Fenster und machen ' +
        'Sie im neuen weiter. Alles bisher Gespeicherte bleibt erhalten.',
    },
    'too-many-windows': {
      sentence:
        'Staffdesk ist in zu vielen Fenstern offen, deshalb zeigt dieses keine neuen Nachrichten.',
      remedy: 'Schließen Sie einige der anderen.',
    },
    internal: {
      sentence: 'In Staffdesk ist etwas schiefgegangen.',
      remedy:
        'Nichts Gespeichertes ist verloren. Versuchen Sie es noch einmal, oder starten Sie Staffdesk neu.',
    },
  },
  storageFaults: {
    full:
      'Der Datenträger ist voll: Neues kann nicht gespeichert werden. Gespeichertes ist ' +
      'sicher. Schaffen Sie Platz, dann arbeitet Staffdesk automatisch weiter.',
    'read-only':
      'In den Datenordner kann nicht geschrieben werden: Neues kann nicht gespeichert ' +
      'werden. Gespeichertes ist sicher. Erlauben Sie Änderungen darin, dann arbeitet ' +
      'Staffdesk automatisch weiter.',
    held:
      'Ein anderes Programm verwendet die Daten von Staffdesk. Nichts geht verloren: Was ' +
      'jetzt nicht gespeichert werden kann, wird gespeichert, sobald das Programm fertig ist.',
    gone:
      'Der Datenordner wurde verschoben oder gelöscht. Solange Staffdesk läuft, geht nichts ' +
      'verloren. Legen Sie den Ordner zurück oder machen Sie seinen Platz frei.',
    swapped:
      'Eine Datei des Datenordners wurde von einem anderen Programm ersetzt. Solange ' +
      'Staffdesk läuft, geht nichts verloren. Schließen Sie das Programm; Staffdesk ' +
      'schreibt seine Datei dann neu.',
    failed:
      'Der Datenträger mit dem Datenordner arbeitet nicht richtig: Neues kann nicht ' +
      'gespeichert werden. Prüfen Sie ihn und lassen Sie Staffdesk geöffnet, bis diese ' +
      'Meldung verschwindet.',
  },
  storageReading:
    'Sie sehen den zuletzt gespeicherten Stand; solange wird nichts gesendet oder empfangen.',

  // Signing in.
  signIn: 'Anmelden',
  signInTitle: 'Bei Staffdesk anmelden',
  signingIn: 'Meldet an',
  signInAgain:
    'Ihre Sitzung ist beendet. Was Sie schreiben, bleibt auf diesem Computer und geht ' +
    'hinaus, sobald Sie angemeldet sind.',
  email: 'E-Mail',
  password: 'Passwort',
  server: 'Server',
  notNow: 'Nicht jetzt',
  notEncrypted:
    'Diese Verbindung ist nicht verschlüsselt: Andere im Netz können Ihr Passwort und alle ' +
    'Gespräche mitlesen. Melden Sie sich nur in einem Netz an, dem Sie vertrauen, und ' +
    'bitten Sie die Administration um eine Adresse mit https://.',
  entry: {
    'no-key': [
      'Öffnen Sie Staffdesk noch einmal über seinen Link',
      'Dieses Fenster hat keinen Schlüssel zu Ihrem Arbeitsplatz. Nehmen Sie den neuesten ' +
        'Link, den Staffdesk ausgegeben hat, oder starten Sie es neu.',
    ],
    'key-used': [
      'Dieser Link wurde schon benutzt',
      'Jeder Link öffnet ein Fenster. Nehmen Sie den neuesten Link, den Staffdesk ' +
        'ausgegeben hat, oder starten Sie es neu.',
    ],
    'address-taken': [
      'Ein anderes Programm hat diese Adresse schon benutzt',
      'Es hat in diesem Browser etwas hinterlassen, das mitlesen könnte, deshalb wurde ' +
        'hier nichts geöffnet. Starten Sie Staffdesk neu: Es bekommt dann eine neue Adresse.',
    ],
    gone: [
      'Staffdesk läuft nicht mehr',
      'Starten Sie es neu und öffnen Sie den neuen Link. Alles bisher Gespeicherte bleibt erhalten.',
    ],
  },
  elsewhere: {
    label: 'Arbeit für einen anderen Server',
    changed:
      'Unter dieser Adresse antwortet jetzt ein anderer Server. An ihn wurde nichts ' +
      'gesendet. Melden Sie sich an, um mit ihm zu arbeiten; alles für den bisherigen ' +
      'Server bleibt auf diesem Computer.',
    waits: (unsent, drafts, server) => {
      const work = [];
      if (unsent > 0 || drafts === 0)
        work.push(
          unsent === 1
            ? '1 nicht gesendete Nachricht oder Änderung'
            : `${unsent} nicht gesendete Nachrichten und Änderungen`,
        );
      if (drafts > 0) work.push(drafts === 1 ? '1 Entwurf' : `${drafts} Entwürfe`);
      const wait = unsent + drafts === 1 ? 'wartet' : 'warten';
      return `${work.join(' und ')} ${wait} auf ${server}.`;
    },
    goBack: 'Starten Sie Staffdesk mit jenem Server, um sie zu senden.',
    unknownServer: 'einen Server, der nicht mehr bekannt ist',
    sameServer: 'Das ist derselbe Server: hier senden',
    sameServerHint: 'Wählen Sie das nur, wenn jener Server an diese Adresse umgezogen ist.',
  },

  // The account menu.
  account: 'Konto',
  signOut: 'Abmelden',
  memoryToken:
    'Dieser Computer hat keinen Schlüsselspeicher, deshalb bittet Staffdesk bei jedem Start um Ihre Anmeldung.',

  // A ticket, wherever it is shown.
  status: {
    open: 'Offen',
    in_progress: 'In Arbeit',
    waiting: 'Wartend',
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
  operations: {
    close: 'Das Ticket schließen',
    reopen: 'Das Ticket wieder öffnen',
    addTag: (tag) => `Tag ${tag} hinzufügen`,
    removeTag: (tag) => `Tag ${tag} entfernen`,
    set: (field, value) => `${field}: ${value}`,
  },
  notSnoozed: 'nein',
  untilReply: 'bis der Kunde antwortet',
  until: (time) => `bis ${time}`,

  // Views.
  viewsLabel: 'Ansichten',
  views: {
    mine: 'Meine',
    unassigned: 'Nicht zugewiesen',
    open: 'Alle offenen',
    urgent: 'Dringend',
    waiting: 'Wartend',
    snoozed: 'Zurückgestellt',
    closed: 'Geschlossen',
    all: 'Alle',
    drafts: 'Entwürfe',
    'needs-you': 'Braucht Sie',
  },
  workingCopy: 'Arbeitsstand',
  emptyViews: {
    mine: [
      'Ihnen ist nichts zugewiesen',
      'Tickets, die Sie übernehmen oder erhalten, stehen hier.',
    ],
    unassigned: [
      'Jedes Ticket ist vergeben',
      'Neue Tickets, die noch niemand übernommen hat, stehen hier.',
    ],
    open: ['Keine offenen Tickets', 'Tickets, an denen noch zu arbeiten ist, stehen hier.'],
    urgent: ['Nichts ist dringend', 'Offene Tickets mit dringender Priorität stehen hier.'],
    waiting: [
      'Kein Kunde wartet',
      'Tickets, in denen der Kunde zuletzt geschrieben hat, stehen hier.',
    ],
    snoozed: ['Nichts ist zurückgestellt', 'Zurückgestellte Tickets kommen von selbst wieder.'],
    closed: ['Noch nichts geschlossen', 'Gelöste und geschlossene Tickets stehen hier.'],
    all: ['Noch keine Tickets', 'Wenn Kunden schreiben, stehen ihre Tickets hier.'],
    drafts: [
      'Keine Entwürfe',
      'Was Sie schreiben, wird beim Tippen gespeichert und steht hier, bis Sie es senden.',
    ],
    'needs-you': [
      'Nichts braucht Sie',
      'Wenn etwas von Ihnen nicht gesendet werden kann, wartet es hier mit dem Grund.',
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
      waiting: 'Wartet am längsten',
    },
    filter: 'Filter',
    filters: 'Filter der Liste',
    unread: 'Ungelesen',
    chip: (field, values) => `${field}: ${values}`,
    removeFilter: (chip) => `Filter ${chip} entfernen`,
    clear: 'Leeren',
    clearFilters: 'Filter aufheben',
    newAbove: (n) => `${n} neue darüber`,
    emptyFiltered: [
      'Nichts passt zu diesen Filtern',
      'Nehmen Sie einen Filter weg, um mehr zu sehen.',
    ],
  },
  ticketCount: (n) => (n === 1 ? '1 Ticket' : `${n} Tickets`),
  waitingMark: 'wartet auf das Senden',
  draftMark: 'Entwurf',
  needsYouMark: 'braucht Sie',
  unreadMark: 'ungelesen',
  previewYou: 'Sie:',
  previewStaff: 'Team:',
  moreHits: (n) => `und ${n} weitere`,
  firstSync: 'Erster Abgleich',
  firstSyncHint: 'Mit dem, was schon da ist, können Sie arbeiten.',
  onlyOwn: [
    'Dieser Server zeigt Ihnen nur Ihre eigenen Tickets',
    'Tickets von Kunden erscheinen hier nicht, auch wenn es sie gibt. Bitten Sie die ' +
      'Administration des Servers um Zugriff darauf.',
  ],

  // Search.
  search: 'Suchen',
  clearSearch: 'Suche leeren',
  searchResults: 'Treffer',
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
    from: 'Kunde, oder ein Kollege, der schrieb',
    assignee: 'wem das Ticket gehört',
    status: 'wo es steht',
    tag: 'ein Tag, den es hat',
    priority: 'wie dringend',
    category: 'worüber',
    before: 'früher als ein Tag',
    after: 'ein Tag oder später',
    is: 'ein Zustand: unread, snoozed, open, closed',
    has: 'eine Notiz, ein Entwurf',
  },
  searchValues: {
    me: 'Sie',
    none: 'niemand',
    unread: 'mit etwas, das Sie nicht gesehen haben',
    snoozed: 'jetzt zurückgestellt',
    open: 'noch zu bearbeiten',
    closed: 'gelöst oder geschlossen',
    note: 'eine interne Notiz',
    draft: 'ein Entwurf von Ihnen',
    today: 'seit Mitternacht',
    yesterday: 'der Tag davor',
    '7d': 'vor 7 Tagen',
    '30d': 'vor 30 Tagen',
  },
  searchStep: {
    any: (words) => `Eines dieser Wörter: ${words}`,
    spelling: (word) => `Nach "${word}" suchen`,
  },
  stillIndexing: 'Ältere Nachrichten werden noch erfasst und fehlen hier vielleicht.',
  searchProblem: {
    person: (value) => `Kein Kollege heißt "${value}". In der Suche weggelassen.`,
    date: (value) =>
      `"${value}" ist kein Tag. Versuchen Sie 2026-11-01, yesterday oder 7d. In der Suche weggelassen.`,
    value: (operator, value, known) =>
      `"${value}" gibt es bei ${operator} nicht. Möglich: ${known}. In der Suche weggelassen.`,
    shown: (operator, value, known) =>
      `"${operator}:${value}" bedeutet nichts. Möglich: ${known}. In der Suche weggelassen.`,
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
  internalNote: 'Interne Notiz',
  newLine: 'Neu',
  earlier: 'Frühere Nachrichten laden',
  newest: 'Neueste',
  newBelow: (n) => `${n} neue`,
  foundHere: 'von der Suche gefunden',
  noMessages: 'Noch keine Nachrichten.',
  showAll: 'Alles zeigen',
  presence: {
    replying: (names, n) => `${names} ${n === 1 ? 'antwortet' : 'antworten'} gerade`,
    viewing: (names, n) => `${names} ${n === 1 ? 'ist' : 'sind'} hier`,
    unknown: 'Anwesenheit unbekannt',
  },

  // The composer.
  messageType: 'Art der Nachricht',
  reply: 'Antwort',
  message: 'Nachricht',
  sendWhat: {
    reply: 'Antwort senden',
    note: 'Notiz hinzufügen',
  },
  draftSaved: 'Entwurf gespeichert',
  saving: 'Speichert',
  replyPlaceholder: (name) => `An ${name} schreiben`,
  notePlaceholder: 'Eine Notiz schreiben, die nur Kollegen sehen',
  replyHint: 'Der Kunde sieht das',
  noteHint: 'Nur Kollegen sehen das',
  closedHint: 'Dieses Ticket ist geschlossen.',
  reopenToReply: 'Zum Antworten wieder öffnen',
  composer: {
    moreWays: 'Weitere Arten zu senden',
    replyAndWaitHint: 'Zurückgestellt, bis er schreibt, höchstens 3 Tage',
    macroButton: 'Makro',
    mentionButton: 'Erwähnung',
    macros: 'Makros',
    colleagues: 'Kollegen',
    found: (n) =>
      n === 0
        ? 'Nichts passt'
        : n === 1
          ? '1 passt, Tab fügt es ein'
          : `${n} passen, Pfeile wählen, Tab fügt ein`,
    chooseHint: 'wählen',
    insertHint: 'einfügen',
    actions: 'Geht mit',
    takeOff: (what) => `Wegnehmen: ${what}`,
    field: (field, value) => `${field}: ${value}`,
    addTag: (tag) => `Tag ${tag} hinzufügen`,
    removeTag: (tag) => `Tag ${tag} entfernen`,
    noValue: (variable) => `${variable} hat keinen Wert`,
    noValueHint: 'Schreiben Sie ihn in den Text oder entfernen Sie die Stelle, dann senden Sie.',
    sendAsItIs: 'Trotzdem so senden',
    tooLong: (n, over, limit) => `${over} Zeichen mehr als die erlaubten ${limit}.`,
    tooLongHint:
      'Nichts wurde abgeschnitten, und nichts wird gesendet. Kürzen Sie den Text oder senden Sie ihn in Teilen.',
    tooLongForDraft:
      'Der Text ist zu lang, um als Entwurf gespeichert zu werden, und bleibt nur in ' +
      'diesem Fenster. Kürzen oder kopieren Sie ihn, bevor Sie es schließen.',
    sentBefore: 'Schon gesendet, so wie es vor Ihrer Änderung war',
    sentBeforeHint:
      'Das erste Senden hatte geklappt, nur die Rückmeldung ging verloren. Der Text im ' +
      'Eingabefeld wurde nicht gesendet: Senden Sie ihn als weitere Nachricht, oder machen ' +
      'Sie die erste rückgängig.',
    keptHere: 'Das Ende eines Entwurfs ist noch nicht gespeichert',
    keptHereHint:
      'Staffdesk behält es in diesem Fenster. Melden Sie sich hier mit demselben Konto an, ' +
      'bevor Sie das Fenster schließen, dann steht es wieder in seinem Ticket.',
    replySent: 'Antwort gesendet',
    noteAdded: 'Notiz hinzugefügt',
    putAway: 'Zurückgestellt, bis der Kunde schreibt',
    finish: {
      close: 'schließt das Ticket',
      wait: 'wartet auf den Kunden',
    },
    changes: (n) => (n === 1 ? '1 Änderung' : `${n} Änderungen`),
    withMessage: 'mit der Nachricht davor',
  },
  versions: 'Frühere Fassungen',
  versionsHint: '7 Tage aufgehoben. Was jetzt im Eingabefeld steht, wird auch zu einer Fassung.',
  noVersions: 'Noch keine frühere Fassung dieses Entwurfs.',

  // Details of a ticket.
  details: 'Details',
  ticketHeading: 'Ticket',
  addTag: 'Tag hinzufügen',
  removeTag: (tag) => `Tag ${tag} entfernen`,
  assignToMe: 'Mir zuweisen',
  otherTickets: 'Weitere Tickets',
  allOfCustomer: (n) => `Alle ${n} zeigen`,
  similarTickets: 'Ähnliche, gelöst',
  copyLink: 'Link kopieren',
  linkCopied: 'Link kopiert',
  dates: 'Daten',
  created: 'Eröffnet',
  updated: 'Geändert',
  resolvedAt: 'Gelöst',
  messages: 'Nachrichten',

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
    undoAll: 'Alles zurücknehmen',
    taking: 'Wird zurückgenommen',
    progress: 'Fortschritt',
    more: (n) => `${n} weitere`,
    empty: 'Noch keine Ergebnisse.',
    outcomes: {
      todo: (n) => `${n} stehen aus`,
      waiting: (n) => `${n} warten`,
      done: (n) => `${n} erledigt`,
      'needs-you': (n) => `${n} brauchen Sie`,
      failed: (n) => `${n} gescheitert`,
      skipped: (n) => `${n} schon so`,
      undone: (n) => `${n} zurückgenommen`,
    },
    outcome: {
      todo: 'Steht aus',
      waiting: 'Wartet',
      done: 'Erledigt',
      'needs-you': 'Braucht Sie',
      failed: 'Gescheitert',
      skipped: 'Schon so',
      undone: 'Zurückgenommen',
    },
    gone: 'Das Ticket ist nicht mehr hier',
    notUndoable: 'Das lässt sich nicht mehr zurücknehmen',
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
    nothing: ['Nichts heißt so', 'Löschen Sie ein paar Buchstaben oder drücken Sie Esc.'],
    noTime: ['Das ist keine Zeit', "Versuchen Sie 'morgen 9', 'in 3 Std', 'fr' oder '25. dez'."],
    me: (name) => `${name} (Sie)`,
    newTag: (tag) => `Neuer Tag "${tag}"`,
    addTags: (tags) => `Tags ${tags} hinzufügen`,
    current: 'jetzt',
    remove: 'wegnehmen',
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
    sooner: 'Früher vorlegen, wenn der Kunde antwortet',
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
    held: 'Antwort zurückgehalten',
    goesIn: (seconds) => `geht in ${seconds} s`,
    undone: (what) => `Zurückgenommen: ${what}`,
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
    changed: 'Ticket geändert',
    snoozed: (until) => `Zurückgestellt ${until}`,
    unsnoozed: 'Nicht mehr zurückgestellt',
    onlyUntilSent:
      'Dieser Server kann Tickets nicht wieder öffnen. Rückgängig machen geht nur, bis es gesendet ist',
    final:
      'Dieser Server kann Tickets nicht wieder öffnen. Das lässt sich nicht rückgängig machen.',
    leftHeld: (n) =>
      n === 1
        ? '1 Antwort war zurückgehalten, als Staffdesk beendet wurde'
        : `${n} Antworten waren zurückgehalten, als Staffdesk beendet wurde`,
    leftHeldHint: 'Nichts geht hinaus, bevor Sie es sagen.',
    openOutbox: 'Postausgang öffnen',
  },

  // A message or change that has not been sent.
  queued: 'Wartet, geht hinaus, sobald Sie online sind',
  queuedOnline: 'Wartet',
  sending: 'Wird gesendet',
  needsYou: 'Braucht Sie',
  heldSinceQuit: 'Zurückgehalten, seit Staffdesk beendet wurde',
  waits: {
    heldFor: (seconds) => `Zurückgehalten, geht in ${seconds} s`,
    heldSinceQuit: 'Zurückgehalten, seit Staffdesk beendet wurde; geht, wenn Sie es sagen',
    sending: 'Wird gerade gesendet',
    behindParked: 'Wartet hinter einem Eintrag dieses Tickets, der Sie braucht',
    behindHeld: 'Wartet hinter einer zurückgehaltenen Antwort dieses Tickets',
    behind: 'Wartet hinter einem früheren Eintrag dieses Tickets',
    offline: 'Offline, geht von selbst hinaus',
    paused: 'Der Server bat um eine Pause, geht von selbst hinaus',
    signIn: 'Wartet auf Ihre Anmeldung',
    again: 'Der Server konnte es noch nicht annehmen, wird von selbst wiederholt',
    oddAnswers:
      'Die Antworten des Servers gehören nicht hierzu, deshalb gilt es nicht als gesendet. ' +
      'Es bleibt erhalten und wird weiter versucht. Bleibt es dabei, sagen Sie es der ' +
      'Administration des Servers',
    soon: 'Geht jetzt hinaus',
  },
  problems: {
    conflict: 'Jemand anderes hat dasselbe Feld geändert.',
    stale: 'Nach dem, was Sie gesehen haben, wurde etwas Neues geschrieben.',
    lost: 'Der Server hat dies nicht mehr: Er wurde auf einen älteren Stand zurückgesetzt.',
    'ticket-merged': 'Das Ticket wurde mit einem anderen zusammengeführt.',
    'ticket-gone': 'Das Ticket gibt es nicht mehr.',
    'ticket-closed':
      'Das Ticket wurde geschlossen, bevor dies hinausging. Öffnen Sie es wieder und versuchen Sie es noch einmal.',
    'not-allowed': 'Ihr Konto darf das nicht mehr.',
    'not-supported': 'Dieser Server kann das nicht.',
    'unknown-outcome':
      'Unbekannt - bitte prüfen. Es ist vielleicht angekommen: Sehen Sie in den Verlauf ' +
      'und senden Sie es dann noch einmal, oder verwerfen Sie es.',
    refused: 'Der Server hat es nicht angenommen.',
    unreadable: 'Diese Version von Staffdesk kann den Eintrag nicht lesen.',
  },
  edit: 'Bearbeiten',
  discard: 'Verwerfen',
  discarded: 'Verworfen',
  discardedHint: 'Es bleibt 30 Tage im Papierkorb.',
  copy: 'Kopieren',

  // A card, where something needs the agent.
  cards: {
    conflict: [
      'Jemand anderes hat das auch geändert',
      'Ihre Änderung ist nicht hinausgegangen. Wählen Sie, was im Ticket stehen soll.',
    ],
    stale: [
      'Es wurde etwas Neues geschrieben',
      'Dies ist nicht hinausgegangen: Sie hatten das Folgende noch nicht gesehen.',
    ],
    lost: [
      'Der Server hat dies nicht mehr',
      'Er wurde auf einen älteren Stand zurückgesetzt. Ihr Text ist hier aufgehoben.',
    ],
    'ticket-merged': [
      'Das Ticket wurde zusammengeführt',
      'Dies ist nicht hinausgegangen. Der Verlauf geht in einem anderen Ticket weiter.',
    ],
    'ticket-gone': [
      'Das Ticket gibt es nicht mehr',
      'Dies ist nicht hinausgegangen. Kopieren Sie, was Sie brauchen.',
    ],
    'ticket-closed': [
      'Das Ticket wurde geschlossen, bevor dies hinausging',
      'Öffnen Sie es wieder, um Ihre Antwort zu senden, oder behalten Sie den Text.',
    ],
    'not-allowed': [
      'Ihr Konto darf das nicht mehr',
      'Dies ist nicht hinausgegangen. Fragen Sie Ihre Administration, oder kopieren Sie den Text.',
    ],
    'not-supported': [
      'Dieser Server kann das nicht',
      'Dies ist nicht hinausgegangen. Kopieren Sie, was Sie brauchen.',
    ],
    'unknown-outcome': [
      'Es ist nicht bekannt, ob dies angekommen ist',
      'Die Bestätigung ging verloren, und dieser Server lässt sich nicht zweimal fragen. ' +
        'Sehen Sie zuerst in den Verlauf.',
    ],
    refused: [
      'Der Server hat dies nicht angenommen',
      'Es ist nicht hinausgegangen. Kopieren Sie den Text, bevor Sie es verwerfen.',
    ],
    unreadable: [
      'Diese Version kann den Eintrag nicht lesen',
      'Er ist so aufgehoben, wie er geschrieben wurde. Kopieren Sie ihn, oder starten Sie ein neueres Staffdesk.',
    ],
  },
  newSince: (n) => (n === 1 ? '1 neue Nachricht' : `${n} neue Nachrichten`),
  waitBehind: (n) =>
    n === 1 ? '1 weiterer Eintrag wartet dahinter' : `${n} weitere Einträge warten dahinter`,
  moreCards: (n) => `${n} weitere im Postausgang`,
  conflictField: 'Feld',
  conflictBase: 'Sie sahen',
  conflictMine: 'Meines',
  conflictTheirs: 'Das andere',
  keepMine: 'Meines nehmen',
  keepTheirs: 'Das andere nehmen',
  allMine: 'Alle meine',
  allTheirs: 'Alle anderen',
  applyChoice: 'Auswahl anwenden',
  sendAnyway: 'Trotzdem senden',
  closeAnyway: 'Trotzdem schließen',
  leaveOpen: 'Offen lassen',
  sendAgain: 'Noch einmal senden',
  itIsThere: 'Es ist da',
  reopenAndSend: 'Wieder öffnen und senden',
  postTo: (subject) => `An "${subject}" senden`,
  applyTo: (subject) => `Auf "${subject}" anwenden`,

  // The outbox.
  outbox: 'Postausgang',
  outboxTabsLabel: 'Listen des Postausgangs',
  outboxTabs: {
    waiting: 'Wartend',
    sent: 'Gesendet',
    bin: 'Papierkorb',
  },
  outboxMove: 'bewegen',
  outboxOpen: 'Ticket öffnen',
  outboxNeedsYou: 'Braucht Sie',
  outboxInOrder: 'Wartend',
  outboxEmpty: [
    'Alles ist gesendet',
    'Antworten, Notizen und Änderungen warten hier, solange der Server nicht erreichbar ist.',
  ],
  sentEmpty: [
    'Von hier ist noch nichts gesendet',
    'Jede Antwort, Notiz und Änderung, die der Server bestätigt hat, steht hier, einmal.',
  ],
  binEmpty: ['Der Papierkorb ist leer', 'Was Sie verwerfen, bleibt 30 Tage hier.'],
  operationKinds: {
    reply: 'Antwort',
    note: 'Interne Notiz',
    change: 'Änderung',
    close: 'Schließen',
    reopen: 'Wieder öffnen',
  },
  attempts: (n) => (n === 1 ? '1 Versuch' : `${n} Versuche`),
  openTicket: 'Ticket öffnen',
  restore: 'Wiederherstellen',
  salvaged: 'Die Datei des Postausgangs war beschädigt',
  salvagedHint: ({ recovered, damaged, file }) =>
    `${recovered} Einträge sind unversehrt gerettet, ${damaged} waren nicht lesbar. Die ` +
    `beschädigte Datei ist als ${file} aufgehoben.`,

  // The receipt of a message.
  receiptOf: 'Wie dies gesendet wurde',
  receiptHint:
    'Jeder Versuch trug denselben Schlüssel, deshalb hat der Server es einmal angenommen.',
  receiptByReading:
    'Dieser Server kennt keine Schlüssel: Eine verlorene Antwort wird durch Nachlesen im ' +
    'Verlauf geklärt, nie durch doppeltes Senden.',
  notFromHere: ['Von anderswo gesendet', 'Dieser Arbeitsplatz weiß nicht, wie es gesendet wurde.'],
  sentOnce: 'Einmal hinausgegangen',
  sent: 'Gesendet',
  queuedAt: 'Eingereiht',
  confirmedAt: 'Bestätigt',
  discardedAt: 'Verworfen',
  attemptsLabel: 'Versuche',
  keyLabel: 'Schlüssel',
  serverId: 'Server-ID',
  copyWhat: (what) => `${what} kopieren`,

  // The state of the sync.
  syncLabel: 'Abgleich',
  sync: {
    signedOut: 'Abgemeldet',
    starting: 'Verbindet',
    firstSync: (tickets) => `Erster Abgleich, ${tickets} Tickets`,
    catchingUp: 'Holt auf',
    catchingUpWaiting: (n) => `Holt auf, ${n} warten`,
    live: 'Aktuell',
    liveSending: (n) => `Aktuell, sendet ${n}`,
    liveToSend: (n) => `Aktuell, ${n} zu senden`,
    offline: 'Offline',
    offlineWaiting: (n) => `Offline, ${n} warten`,
    signIn: 'Anmeldung nötig',
    signInWaiting: (n) => `Zum Senden anmelden, ${n} warten`,
  },
  offlineReasons: {
    unreachable: 'Der Server ist nicht erreichbar. Alles, was Sie tun, wird aufgehoben.',
    'unexpected-answer':
      'Etwas anderes antwortet anstelle des Servers, vielleicht die Anmeldeseite eines WLANs.',
    'server-error': 'Der Server hat ein Problem. Alles, was Sie tun, wird aufgehoben.',
    'rate-limited': 'Der Server bat um eine Pause. Alles, was Sie tun, wird aufgehoben.',
    'storage-failed':
      'Die Dateien von Staffdesk auf diesem Computer lassen sich nicht lesen oder ' +
      'schreiben. Vielleicht ist der Datenträger voll, oder ein anderes Programm hält sie ' +
      'fest. Es wird weiter versucht.',
  },
  everyMinute: 'Sieht jede Minute nach',
  synced: (time) => `Abgeglichen ${time}`,
  tryNow: 'Jetzt versuchen',
  syncDetails: 'Einzelheiten zum Abgleich',
  syncLast: 'Letzter Abgleich',
  syncStream: 'Sofortmeldungen',
  syncLag: 'Letzter Verzug',
  syncFailures: 'Fehlversuche',
  syncNext: 'Nächster Versuch',
  syncOldest: 'Wartet am längsten',
  syncRebuilt: 'Neu verbunden',
  syncNeedsYou: 'Braucht Sie',
  syncCached: 'Tickets hier',
  streams: {
    connected: 'Verbunden',
    lost: 'Nicht verbunden',
    unsupported: 'Bietet dieser Server nicht',
  },
  inSeconds: (n) => (n <= 0 ? 'jetzt' : `in ${n} s`),

  // Notifications.
  openLabel: 'Öffnen',
  notifyAsk: 'Hinweise einschalten',
  notifyWhy: 'Erfahren Sie, wenn ein Kunde schreibt.',

  // Commands and the palette.
  commands: {
    select: 'Ticket auswählen oder abwählen',
    extendNext: 'Auswahl nach unten erweitern',
    extendPrevious: 'Auswahl nach oben erweitern',
    selectAll: 'Alle geladenen auswählen, dann alle der Ansicht',
    clearSelection: 'Auswahl aufheben',
    next: 'Nächstes Ticket',
    previous: 'Voriges Ticket',
    read: 'Verlauf lesen',
    back: 'Zurück zur Liste',
    reply: 'Antworten',
    note: 'Interne Notiz hinzufügen',
    close: 'Schließen und zum nächsten',
    assignToMe: 'Mir zuweisen',
    markUnread: 'Als ungelesen markieren',
    undo: 'Rückgängig',
    search: 'Suchen',
    assign: 'Jemandem zuweisen',
    snooze: 'Zurückstellen',
    unsnooze: 'Wieder vorlegen',
    priority: 'Priorität setzen',
    tag: 'Tag hinzufügen oder entfernen',
    status: 'Status setzen',
    category: 'Kategorie setzen',
    reopen: 'Wieder öffnen',
    copyLink: 'Link zu diesem Ticket kopieren',
    copySubject: 'Betreff kopieren',
    goMine: 'Zu Meine',
    goUnassigned: 'Zu Nicht zugewiesen',
    goOpen: 'Zu Alle offenen',
    goUrgent: 'Zu Dringend',
    goWaiting: 'Zu Wartet',
    goSnoozed: 'Zu Zurückgestellt',
    goClosed: 'Zu Geschlossen',
    goAll: 'Zu Alle',
    goDrafts: 'Zu Entwürfe',
    goNeedsYou: 'Zu Braucht Sie',
    openOutbox: 'Postausgang öffnen',
    palette: 'Befehle',
    help: 'Tastenkürzel',
    editShortcuts: 'Tastenkürzel ändern',
    toggleDetails: 'Einzelheiten zeigen oder verbergen',
    settings: 'Einstellungen',
    themeLight: 'Helle Farben verwenden',
    themeDark: 'Dunkle Farben verwenden',
    themeSystem: 'Farben dieses Computers verwenden',
    compact: 'Kompakte Zeilen verwenden',
    comfortable: 'Bequeme Zeilen verwenden',
    tryNow: 'Jetzt verbinden',
    newWindow: 'Weiteres Fenster öffnen',
    signOut: 'Abmelden',
    send: 'Senden',
    replyAndClose: 'Antworten und schließen',
    replyAndWait: 'Antworten und auf den Kunden warten',
    insertMacro: 'Makro einfügen',
  },
  commandGroups: {
    move: 'Bewegen',
    ticket: 'Das Ticket',
    write: 'Schreiben',
    views: 'Ansichten',
    app: 'Staffdesk',
  },
  synonyms: {
    close: 'lösen, erledigt, fertig, archivieren',
    reopen: 'wieder aufmachen',
    assignToMe: 'übernehmen, nehmen, mir',
    markUnread: 'ungelesen, nicht gelesen, wieder neu, mark unread',
    assign: 'übergeben, weitergeben',
    snooze: 'erinnern, später, verschieben',
    unsnooze: 'wecken',
    tag: 'etikett, label, schlagwort',
    note: 'kommentar, privat',
    reply: 'antwort, beantworten',
    send: 'abschicken',
    insertMacro: 'vorlage, textbaustein',
    search: 'finden',
    priority: 'dringend, wichtig',
    status: 'zustand',
    category: 'art, thema',
    signOut: 'logout, ausloggen',
    settings: 'optionen',
    themeDark: 'dunkelmodus, nachtmodus, dark mode',
    themeLight: 'hellmodus, tagmodus',
    themeSystem: 'automatisch',
    compact: 'dicht, dichte',
    comfortable: 'dichte, luftig',
    help: 'hilfe, tasten',
    openOutbox: 'ungesendet, warteschlange',
    tryNow: 'wiederholen, synchronisieren',
    copyLink: 'adresse, teilen',
    undo: 'zurücknehmen',
    toggleDetails: 'seitenleiste',
  },
  palette: {
    placeholder: 'Befehle, Tickets und Kunden suchen',
    groups: {
      recent: 'Zuletzt',
      commands: 'Befehle',
      macros: 'Makros',
      views: 'Ansichten',
      tickets: 'Tickets',
      customers: 'Kunden',
      settings: 'Einstellungen',
    },
    nothing: [
      'Nichts heißt so',
      'Versuchen Sie weniger Buchstaben, einen Kunden oder ein Wort des Tickets.',
    ],
    asking: 'Sucht Tickets',
  },

  // Shortcuts.
  shortcuts: {
    edit: 'Ändern',
    done: 'Fertig',
    press: 'Taste drücken',
    none: 'keine',
    change: (command) => `Taste von ${command} ändern`,
    reset: 'Zurücksetzen',
    resetOne: (command) => `Taste von ${command} zurücksetzen`,
    resetAll: 'Alle zurücksetzen',
    remove: 'Keine Taste',
    taken: (key) => `${key} braucht das Fenster selbst. Wählen Sie eine andere Taste.`,
    clash: (key, command) => `${key} gehört zu "${command}".`,
    swap: 'Tauschen',
    cancel: 'Abbrechen',
    hint: 'Einfache Tasten tun nichts, während Sie schreiben.',
    editHint: 'Drücken Sie auf die Taste eines Befehls, um ihm eine andere zu geben.',
    other: {
      arrows: 'In einer Liste bewegen',
      escape: 'Ein Feld verlassen, ein Fenster schließen',
      send: 'Senden, was geschrieben ist',
    },
  },
  keyNames: {
    Mod: 'Strg',
    Shift: 'Umschalt',
    Space: 'Leertaste',
    Enter: '↵',
    Escape: 'Esc',
    ArrowUp: '↑',
    ArrowDown: '↓',
    ArrowLeft: '←',
    ArrowRight: '→',
    Delete: 'Entf',
    Backspace: '⌫',
  },
  escapeKey: 'Esc',

  // Settings.
  settings: 'Einstellungen',
  done: 'Fertig',
  settingsSectionsLabel: 'Bereiche der Einstellungen',
  settingsSections: {
    account: 'Konto',
    notifications: 'Hinweise',
    quiet: 'Ruhezeiten',
    undo: 'Zurücknehmen',
    appearance: 'Aussehen',
    shortcuts: 'Tastenkürzel',
    storage: 'Speicher',
    about: 'Über Staffdesk',
  },
  accountSettings: {
    name: 'Name',
    email: 'E-Mail',
    role: 'Rolle',
    roles: {
      staff: 'Agent',
      admin: 'Administration',
    },
    token: 'Anmeldung bleibt',
    tokenPlaces: {
      os: 'Im Schlüsselspeicher dieses Computers',
      memory: 'Nur, bis Staffdesk beendet wird',
    },
    signOutHint:
      'Entwürfe und was noch zu senden ist, bleiben auf diesem Computer, nur für Ihr Konto.',
  },
  undoWindow: 'Senden zurücknehmen',
  undoWindowHint: 'Wie lange eine Antwort zurückgehalten wird, damit Sie sie zurücknehmen können.',
  undoSeconds: (n) => (n === 0 ? 'Aus' : `${n} s`),
  heldAtQuitLabel: 'Wenn Staffdesk in dieser Zeit beendet wird',
  heldAtQuitHint: 'Eine Antwort, die vorher nicht mehr hinausgeht, geht beim nächsten Start.',
  heldAtQuit: {
    send: 'Senden',
    ask: 'Beim nächsten Start fragen',
  },
  appearance: {
    theme: 'Farben',
    themes: {
      system: 'Wie das System',
      light: 'Hell',
      dark: 'Dunkel',
    },
    density: 'Dichte',
    densityHint: 'Kompakt zeigt etwa zwei Fünftel mehr Tickets auf einmal.',
    densities: {
      comfortable: 'Bequem',
      compact: 'Kompakt',
    },
    language: 'Sprache',
    languageHint: 'Was Kunden und Kollegen geschrieben haben, bleibt, wie es ist.',
    languages: {
      system: 'Wie das System',
      en: 'English',
      de: 'Deutsch',
    },
  },
  notices: {
    title: 'Was Sie erfahren',
    hint: 'Je nachdem, was geschehen ist und wessen Ticket es ist. Nie für das Ticket, das vor Ihnen liegt.',
    events: {
      reply: 'Ein Kunde schreibt',
      mention: 'Ein Kollege erwähnt Sie',
      assigned: 'Ihnen wird ein Ticket gegeben',
    },
    owners: {
      mine: 'Meine',
      unassigned: 'Nicht zugewiesen',
      others: 'Andere',
    },
    channels: {
      banner: 'Banner',
      sound: 'Ton',
      badge: 'Zahl',
    },
    what: 'Ereignis',
    cell: (event, owner, channel) => `${event}, ${owner}: ${channel}`,
    legend: 'Banner, Ton, Zahl am Symbol',
    hideText: 'Text auf Bannern verbergen',
    hideTextHint: 'Ein Banner nennt dann keinen Kunden und zeigt nichts von dem, was er schrieb.',
    permission: {
      granted: 'Banner sind erlaubt.',
      denied:
        'Banner wurden für Staffdesk abgelehnt, deshalb erscheinen Neuigkeiten in diesem ' +
        'Fenster. Um das zu ändern, erlauben Sie Benachrichtigungen in den Einstellungen ' +
        'des Browsers oder des Systems.',
      default:
        'Staffdesk hat noch nicht um Banner gebeten, deshalb erscheinen Neuigkeiten in diesem Fenster.',
      unsupported:
        'Dieses System hat keine Banner, deshalb erscheinen Neuigkeiten in diesem Fenster.',
      system:
        'Banner kommen von Staffdesk selbst. Erscheinen keine, erlauben Sie sie in den Einstellungen des Systems.',
    },
  },
  quiet: {
    on: 'Ruhezeiten einhalten',
    hint: 'In diesen Stunden kein Banner und kein Ton. Die Zahl am Symbol zählt weiter.',
    weekday: 'Wochentag',
    from: 'Von',
    to: 'Bis',
    fromOf: (day) => `${day}, von`,
    toOf: (day) => `${day}, bis`,
    allDay: 'ganztags',
    nextDay: 'am Folgetag',
    breaks: 'Darf sie unterbrechen',
    breakers: {
      mention: 'Ein Kollege erwähnt mich',
      urgent: 'Ein dringendes Ticket',
    },
  },
  storage: {
    title: 'Auf diesem Computer',
    tickets: 'Tickets',
    messages: 'Nachrichten',
    drafts: 'Entwürfe',
    waiting: 'Noch zu senden',
    cacheSize: 'Kopie des Servers',
    outboxSize: 'Ihre eigene Arbeit',
    folder: 'Ordner',
    clearTitle: 'Kopie löschen',
    clearHint:
      'Die Kopie des Servers wird entfernt und neu geladen. Entwürfe, noch zu Sendendes und Einstellungen bleiben.',
    clear: 'Kopie löschen und neu laden',
    clearing: 'Löscht',
    cleared: {
      title: 'Die Kopie ist gelöscht',
      body: 'Sie wird neu geladen.',
    },
  },
  kept: {
    label: 'Geschlossene Tickets auf diesem Computer',
    choices: {
      auto: 'Automatisch',
      all: 'Alle',
      30: '30 Tage',
      90: '90 Tage',
      180: '180 Tage',
      365: '1 Jahr',
    },
    all: 'Alle geschlossenen Tickets sind hier.',
    small: 'Es gibt höchstens 20.000 Tickets, darum fehlt keines.',
    since: (days) =>
      `Geschlossene Tickets, in denen sich ${days} Tage lang nichts getan hat, bleiben ` +
      'nicht hier. Sie werden geholt, wenn Sie sie öffnen oder suchen.',
    large: 'Es gibt mehr als 20.000 Tickets.',
    allOfLevel1: 'Alle geschlossenen Tickets bleiben hier: Dieser Server kann nur alles auflisten.',
    line: (days) => `Geschlossene Tickets der letzten ${days} Tage sind auf diesem Computer.`,
    change: 'Ändern',
    bounded:
      'Was geht, macht Platz für das, was kommt; mehr als 4 MB freier Platz gehen an die Festplatte zurück.',
  },
  about: {
    version: 'Staffdesk',
    sqlite: 'SQLite',
    node: 'Node.js',
    electron: 'Electron',
    chromium: 'Chromium',
    licence: 'Staffdesk ist freie Software unter der MIT-Lizenz.',
    licences: 'Lizenzen der Bestandteile',
    packages: (n) => `${n} Pakete`,
  },
};
