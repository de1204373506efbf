import type { Translated } from '../../kit/translated.ts';
import type { outboxEn } from './en.ts';

/** The words of the outbox and its cards, in German. */
export const outboxDe: Translated<typeof outboxEn> = {
  operations: {
    close: 'Das Ticket schließen',
    reopen: 'Das Ticket wieder öffnen',
    addTag: (tag) => `Tag ${tag} hinzufügen`,
    removeTag: (tag) => `Tag ${tag} entfernen`,
    set: (field, value) => `${field}: ${value}`,
  },

  // A message or change that has not been sent.
  queued: 'Wird gesendet, sobald Sie wieder online sind',
  queuedOnline: 'Noch zu senden',
  sending: 'Wird gesendet',
  notSent: 'Nicht gesendet',
  heldSinceQuit: 'Nicht gesendet: Staffdesk wurde beendet',
  waits: {
    heldFor: (seconds) => `Wird in ${seconds} s gesendet`,
    heldSinceQuit: 'Nicht gesendet: Staffdesk wurde beendet. Jetzt senden?',
    sending: 'Wird gerade gesendet',
    behindParked: 'Blockiert durch eine Antwort, die Sie prüfen müssen',
    behindHeld: 'Wird nach der Antwort davor gesendet',
    behind: 'Wird nach der Änderung davor gesendet',
    offline: 'Wird gesendet, sobald Sie wieder online sind',
    paused: 'Zu viele Anfragen: neuer Versuch in Kürze',
    signIn: 'Wird nach Ihrer Anmeldung gesendet',
    again: 'Der Server konnte es noch nicht annehmen: neuer Versuch in Kürze',
    oddAnswers:
      'Die Antworten des Servers gehören nicht hierzu, deshalb gilt es nicht als gesendet. ' +
      'Es bleibt erhalten und wird weiter versucht. Bleibt es dabei, sagen Sie es der ' +
      'Administration des Servers',
    soon: 'Wird gleich gesendet',
  },
  problems: {
    conflict: 'Jemand anderes hat dasselbe Feld geändert.',
    stale: 'Nachdem Sie dies geschrieben haben, sind neue Nachrichten eingegangen.',
    lost: 'Der Server hat dies nicht mehr: Ein älterer Stand wurde wiederhergestellt.',
    'ticket-merged': 'Das Ticket wurde mit einem anderen zusammengeführt.',
    'ticket-gone': 'Dieses Ticket wurde gelöscht.',
    'ticket-closed':
      'Das Ticket wurde geschlossen, bevor dies gesendet wurde. Öffnen Sie es wieder und versuchen Sie es noch einmal.',
    'not-allowed': 'Ihr Konto darf das nicht mehr.',
    'not-supported': 'Dieser Server kann das nicht.',
    'unknown-outcome':
      'Unklar, ob dies angekommen ist. Sehen Sie im Verlauf nach, dann senden Sie es noch ' +
      'einmal oder verwerfen es.',
    refused: 'Der Server hat dies abgelehnt.',
    unreadable: 'Diese Version von Staffdesk kann den Eintrag nicht lesen.',
  },
  edit: 'Bearbeiten',
  sendLater: 'Senden, sobald online',
  review: 'prüfen',
  discard: 'Verwerfen',
  discarded: 'Verworfen',
  discardedHint: 'Bleibt 30 Tage im Postausgang unter Verworfen.',
  copy: 'Kopieren',

  // A card, where something needs the agent.
  cards: {
    conflict: [
      'Jemand anderes hat dieses Ticket auch geändert',
      'Ihre Änderung wurde nicht gesendet. Welcher Wert soll gelten?',
    ],
    stale: [
      'Vor dem Senden sind neue Nachrichten eingegangen',
      'Noch nicht gesendet. Lesen Sie sie zuerst:',
    ],
    lost: [
      'Der Server hat dies nicht mehr',
      'Ein älterer Stand wurde wiederhergestellt. Ihr Text bleibt hier erhalten.',
    ],
    'ticket-merged': [
      'Dieses Ticket wurde zusammengeführt',
      'Noch nicht gesendet. Der Verlauf geht in einem anderen Ticket weiter.',
    ],
    'ticket-gone': [
      'Dieses Ticket wurde gelöscht',
      'Ihr Text wurde nicht gesendet. Kopieren Sie, was Sie brauchen.',
    ],
    'ticket-closed': [
      'Das Ticket wurde geschlossen, bevor dies gesendet wurde',
      'Öffnen Sie es wieder, um Ihre Antwort zu senden, oder behalten Sie den Text.',
    ],
    'not-allowed': [
      'Ihr Konto darf das nicht mehr',
      'Nicht gesendet. Fragen Sie Ihre Administration, oder kopieren Sie den Text.',
    ],
    'not-supported': [
      'Dieser Server kann das nicht',
      'Nicht gesendet. Kopieren Sie, was Sie brauchen.',
    ],
    'unknown-outcome': [
      'Unklar, ob dies angekommen ist',
      'Die Bestätigung ging verloren. Sehen Sie zuerst im Verlauf nach.',
    ],
    refused: [
      'Der Server hat dies abgelehnt',
      'Nicht gesendet. Kopieren Sie den Text, bevor Sie es verwerfen.',
    ],
    unreadable: [
      'Diese Version kann den Eintrag nicht lesen',
      'Er bleibt erhalten, wie er geschrieben wurde. Kopieren Sie ihn, oder starten Sie eine neuere Version.',
    ],
  },
  newSince: (n) => (n === 1 ? '1 neue Nachricht' : `${n} neue Nachrichten`),
  waitBehind: (n) => (n === 1 ? '1 weiterer Eintrag folgt' : `${n} weitere Einträge folgen`),
  moreCards: (n) => `${n} weitere im Postausgang`,
  conflictField: 'Feld',
  conflictBase: 'Vorher',
  conflictMine: 'Ihre Änderung',
  conflictTheirs: 'Andere Änderung',
  keepMine: 'Meine übernehmen',
  keepTheirs: 'Andere übernehmen',
  allMine: 'Alle meine übernehmen',
  allTheirs: 'Alle anderen übernehmen',
  applyChoice: 'Auswahl anwenden',
  sendAnyway: 'Trotzdem senden',
  closeAnyway: 'Trotzdem schließen',
  leaveOpen: 'Offen lassen',
  sendAgain: 'Noch einmal senden',
  itIsThere: 'Ist angekommen',
  reopenAndSend: 'Wieder öffnen und senden',
  postTo: (subject) => `An "${subject}" senden`,
  applyTo: (subject) => `Auf "${subject}" anwenden`,

  // The outbox.
  outbox: 'Postausgang',
  outboxTabsLabel: 'Listen des Postausgangs',
  outboxTabs: {
    waiting: 'Nicht gesendet',
    sent: 'Gesendet',
    bin: 'Verworfen',
  },
  outboxMove: 'bewegen',
  outboxOpen: 'Ticket öffnen',
  outboxNotSent: 'Zu prüfen',
  outboxInOrder: 'Noch zu senden',
  outboxEmpty: [
    'Nichts zu senden',
    'Antworten, Notizen und Änderungen stehen hier, bis der Server sie bestätigt hat.',
  ],
  sentEmpty: [
    'Von hier ist noch nichts gesendet',
    'Jede Antwort, Notiz und Änderung, die der Server bestätigt hat, steht hier einmal.',
  ],
  binEmpty: ['Nichts verworfen', 'Verworfenes bleibt 30 Tage hier.'],
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
    `${recovered} Einträge wurden gerettet, ${damaged} waren nicht lesbar. Die ` +
    `beschädigte Datei bleibt als ${file} erhalten.`,

  // The receipt of a message.
  receiptOf: 'Wie dies gesendet wurde',
  receiptHint: 'Wiederholte Versuche erzeugen kein Duplikat.',
  receiptByReading:
    'Geht eine Bestätigung verloren, sieht Staffdesk im Verlauf nach, statt doppelt zu senden.',
  notFromHere: [
    'Von anderswo gesendet',
    'Auf diesem Computer ist nicht bekannt, wie es gesendet wurde.',
  ],
  sentOnce: 'Einmal zugestellt',
  sent: 'Gesendet',
  queuedAt: 'Eingereiht',
  confirmedAt: 'Bestätigt',
  discardedAt: 'Verworfen',
  attemptsLabel: 'Versuche',
  keyLabel: 'Schlüssel',
  serverId: 'Server-ID',
  copyWhat: (what) => `${what} kopieren`,
};
