import type { Catalogue } from './en.ts';

/** German. */
export const de: Catalogue = {
  // Around every screen.
  support: 'Support',
  tickets: 'Anfragen',
  faq: 'Häufige Fragen',
  sections: 'Bereiche des Supports',
  skip: 'Zum Inhalt',
  language: 'Sprache',
  signOut: 'Abmelden',
  signedInAs: (name) => `Angemeldet als ${name}`,

  // Signing in, registering, signing out.
  signIn: {
    title: 'Beim Support anmelden',
    email: 'E-Mail',
    password: 'Passwort',
    submit: 'Anmelden',
    busy: 'Anmeldung läuft...',
    needed: 'Melden Sie sich an, um Ihre Anfragen zu sehen.',
    noAccount: 'Noch kein Konto?',
    register: 'Konto anlegen',
  },
  register: {
    title: 'Konto anlegen',
    name: 'Vor- und Nachname',
    submit: 'Konto anlegen',
    busy: 'Wird angelegt...',
    passwordHint: (n) => `Mindestens ${n} Zeichen`,
    haveOne: 'Sie haben schon ein Konto?',
    signIn: 'Anmelden',
  },
  leave: {
    title: 'Mit ungesendetem Text abmelden?',
    hint:
      'Beim Abmelden wird Text, den Sie nicht gesendet haben, aus diesem Browser entfernt, ' +
      'damit ihn niemand sonst hier lesen kann. Wenn Sie ihn behalten möchten, bleiben Sie ' +
      'angemeldet und senden Sie ihn zuerst.',
    stay: 'Angemeldet bleiben',
    signOut: 'Abmelden',
  },

  // The list of tickets.
  list: {
    older: 'Ältere Anfragen anzeigen',
    begun: 'Sie haben eine Anfrage begonnen und noch nicht gesendet:',
    goOn: 'Weiterschreiben',
    title: 'Ihre Anfragen',
    create: 'Neue Anfrage',
    empty: 'Noch keine Anfragen',
    emptyHint: 'Wenn etwas nicht funktioniert, stellen Sie eine Anfrage. Wir antworten hier.',
    updated: (when) => `Aktualisiert ${when}`,
    loading: 'Ihre Anfragen werden geladen',
  },

  // A new ticket.
  create: {
    title: 'Neue Anfrage',
    subject: 'Betreff',
    category: 'Thema',
    priority: 'Priorität',
    message: 'Nachricht',
    messageHint: (least) =>
      `Was ist passiert, und was haben Sie erwartet? Mindestens ${least} Zeichen.`,
    submit: 'Anfrage absenden',
    busy: 'Wird angelegt...',
    cancel: 'Abbrechen',
    created: 'Anfrage angelegt',
    twins:
      'Ihre Anfrage steht hier zweimal, weil die Verbindung beim Senden abgebrochen ist. ' +
      'Schreiben Sie in einer der beiden weiter, und schließen Sie die andere.',
    otherTwin: 'Die andere öffnen',
    subjectError: 'Der Betreff braucht 5 bis 200 Zeichen.',
    messageError: (least) => `Bitte mindestens ${least} Zeichen, damit wir helfen können.`,
  },

  // A ticket.
  ticket: {
    earlier: 'Frühere Nachrichten anzeigen',
    earlierBusy: 'Wird geladen...',
    back: 'Zurück zu den Anfragen',
    conversation: 'Verlauf',
    empty: 'Noch keine Nachrichten',
    you: 'Sie',
    team: 'Support-Team',
    loading: 'Der Verlauf wird geladen',
    message: 'Nachricht',
    placeholder: 'Ihre Nachricht',
    hint: (least) => `Mindestens ${least} Zeichen`,
    keys: 'Eingabetaste sendet, Umschalt+Eingabe beginnt eine neue Zeile',
    tooShort: (least) => `Bitte schreiben Sie mindestens ${least} Zeichen.`,
    send: 'Senden',
    sending: 'Wird gesendet...',
    sent: 'Nachricht gesendet',
    notSent: 'Ihre Nachricht wurde nicht gesendet. Sie steht noch hier.',
    retry: 'Erneut versuchen',
    arrivedBefore:
      'Ihre Nachricht war schon angekommen. Was Sie seitdem ergänzt haben, steht noch ' +
      'hier: Senden Sie es, sobald es fertig ist.',
    arrivedTwice:
      'Ihre Nachricht steht hier zweimal, weil die Verbindung beim Senden abgebrochen ist. Sie müssen nichts tun.',
    unsentHint:
      'Das haben Sie vor dem Schließen geschrieben, und es wurde nicht gesendet. Sie ' +
      'können es in eine neue Anfrage kopieren:',
    printedFrom:
      'Die ältesten Nachrichten dieses Verlaufs fehlen auf dieser Seite. Wählen Sie vor ' +
      'dem Drucken „Frühere Nachrichten anzeigen“, um sie mitzudrucken.',
    close: 'Anfrage schließen',
    closeAsk: 'Diese Anfrage schließen?',
    closeHint: 'Schließen Sie sie, wenn Ihre Frage beantwortet ist. Der Verlauf bleibt lesbar.',
    closeYes: 'Schließen',
    cancel: 'Abbrechen',
    closing: 'Wird geschlossen...',
    closed: 'Anfrage geschlossen',
    isClosed: 'Diese Anfrage ist geschlossen',
    isClosedHint: 'Sie können sie hier lesen. Für weitere Hilfe stellen Sie eine neue Anfrage.',
    details: 'Angaben zur Anfrage',
    status: 'Status',
    category: 'Thema',
    priority: 'Priorität',
    created: 'Angelegt',
    updated: 'Zuletzt geändert',
    help: 'Brauchen Sie schneller Hilfe?',
    helpHint: 'Rufen Sie uns an:',
    newMessages: 'Neue Nachricht vom Support',
    number: (id) => `Anfrage ${id}`,
  },
  openMerged: 'Diese Anfrage öffnen',
  statuses: {
    open: 'Offen',
    in_progress: 'In Arbeit',
    waiting: 'Wartet auf uns',
    resolved: 'Gelöst',
    closed: 'Geschlossen',
  },
  priorities: {
    low: 'Niedrig',
    medium: 'Mittel',
    high: 'Hoch',
    urgent: 'Dringend',
  },
  categories: {
    account: 'Konto',
    trading: 'Handel',
    funding: 'Ein- und Auszahlung',
    technical: 'Technik',
    billing: 'Abrechnung',
    other: 'Anderes',
  },

  // Questions and answers.
  help: {
    title: 'Häufige Fragen',
    search: 'Fragen durchsuchen',
    searchHint: 'Mindestens 3 Zeichen eingeben',
    categories: 'Themen',
    all: 'Alle Themen',
    none: 'Nichts gefunden',
    noneHint: 'Versuchen Sie andere Wörter oder stellen Sie eine Anfrage.',
    empty: 'Noch keine Fragen',
    loading: 'Die Fragen werden geladen',
  },

  // When something fails.
  failures: {
    unreachable: [
      'Wir sind nicht erreichbar',
      'Prüfen Sie Ihre Verbindung und versuchen Sie es erneut. Ihr Text steht noch hier.',
    ],
    'signed-out': ['Sie sind abgemeldet', 'Melden Sie sich an, um fortzufahren.'],
    'not-found': ['Anfrage nicht gefunden', 'Es gibt sie nicht, oder sie gehört jemand anderem.'],
    merged: [
      'Der Verlauf geht in einer anderen Anfrage weiter',
      'Wir haben zwei Ihrer Anfragen zusammengelegt.',
    ],
    closed: ['Diese Anfrage ist geschlossen', 'Für weitere Hilfe stellen Sie eine neue Anfrage.'],
    taken: [
      'Das Konto konnte nicht erstellt werden',
      'Wenn Sie mit dieser E-Mail-Adresse schon ein Konto haben, melden Sie sich mit dessen Passwort an.',
    ],
    'wrong-credentials': [
      'E-Mail oder Passwort stimmt nicht',
      'Prüfen Sie beides und versuchen Sie es erneut.',
    ],
    deactivated: [
      'Dieses Konto wurde deaktiviert',
      'Wenden Sie sich an unser Support-Team, wenn Sie das nicht erwartet haben.',
    ],
    'in-progress': [
      'Wir empfangen das gerade noch',
      'Warten Sie einen Moment und versuchen Sie es erneut. Es wird nicht doppelt gesendet.',
    ],
    'key-used': [
      'Bei uns ist etwas schiefgegangen',
      'Es liegt nicht an Ihnen. Versuchen Sie es gleich noch einmal.',
    ],
    'slow-down': ['Zu viele Versuche', 'Warten Sie eine Minute und versuchen Sie es erneut.'],
    'too-much': [
      'Sie haben in kurzer Zeit sehr viel geschrieben',
      'Ihr Text steht noch hier. Warten Sie etwas und senden Sie ihn dann erneut.',
    ],
    'too-long': [
      'Das ist zu lang zum Senden',
      'Ihr Text steht noch hier. Kürzen Sie ihn oder senden Sie ihn in Teilen.',
    ],
    invalid: ['Etwas fehlt', 'Prüfen Sie Ihre Eingaben und versuchen Sie es erneut.'],
    'invalid-name': [
      'Dieser Name ist nicht möglich',
      'Geben Sie Ihren eigenen Namen ein. Namen wie Support-Team sind für uns reserviert.',
    ],
    'invalid-email': [
      'Diese E-Mail-Adresse ist nicht möglich',
      'Geben Sie sie noch einmal ein. Vielleicht enthält sie unsichtbare Zeichen oder ' +
        'Buchstaben eines anderen Alphabets.',
    ],
    server: [
      'Bei uns ist etwas schiefgegangen',
      'Es liegt nicht an Ihnen. Versuchen Sie es gleich noch einmal.',
    ],
  },
  serverSays: (words) => `Der Server meldet: ${words}`,
  tooLong: (over) =>
    `Das ist um ${over.toLocaleString('de-DE')} Zeichen zu lang. Es wurde nichts ` +
    'abgeschnitten: Kürzen Sie den Text oder senden Sie ihn in Teilen.',
  notKept:
    'Dieser Browser hat keinen Platz, um Ihren Text aufzubewahren. Senden oder kopieren ' +
    'Sie ihn, bevor Sie diese Seite verlassen.',
  retry: 'Erneut versuchen',
  dismiss: 'Ausblenden',
};
