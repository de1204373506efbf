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
};
