import type { Translated } from '../../kit/translated.ts';
import type { composeEn } from './en.ts';

/** The words of the composer, in German. */
export const composeDe: Translated<typeof composeEn> = {
  internalNote: 'Interne Notiz',
  newLine: 'Neu',

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
    wakesAtLatest: 'Ohne Antwort wieder da nach',
    waitFor: (days) =>
      days % 7 === 0
        ? days === 7
          ? '1 Woche'
          : `${days / 7} Wochen`
        : days === 1
          ? '1 Tag'
          : `${days} Tagen`,
    macroButton: 'Makro',
    mentionButton: 'Erwähnung',
    macros: 'Makros',
    colleagues: 'Kollegen',
    found: (n) =>
      n === 0
        ? 'Keine Treffer'
        : n === 1
          ? '1 Treffer, Tab fügt ihn ein'
          : `${n} Treffer, Pfeiltasten wählen, Tab fügt ein`,
    chooseHint: 'wählen',
    insertHint: 'einfügen',
    actions: 'Außerdem',
    takeOff: (what) => `${what} entfernen`,
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
      'Das erste Senden hat geklappt, nur die Bestätigung ging verloren. Der Text im ' +
      'Eingabefeld wurde nicht gesendet: Senden Sie ihn als weitere Nachricht, oder machen ' +
      'Sie die erste rückgängig.',
    keptHere: 'Das Ende eines Entwurfs ist noch nicht gespeichert',
    keptHereHint:
      'Staffdesk behält es in diesem Fenster. Melden Sie sich hier mit demselben Konto an, ' +
      'bevor Sie das Fenster schließen, dann steht es wieder in seinem Ticket.',
    replySent: 'Antwort gesendet',
    noteAdded: 'Notiz hinzugefügt',
    putAway: 'Zurückgestellt, bis der Kunde antwortet',
    finish: {
      close: 'schließt das Ticket',
      wait: 'stellt das Ticket bis zur Antwort zurück',
    },
    changes: (n) => (n === 1 ? '1 Änderung' : `${n} Änderungen`),
    withMessage: 'mit der Nachricht davor',
  },
  versions: 'Frühere Fassungen',
  versionsHint: '7 Tage aufbewahrt. Der aktuelle Text wird ebenfalls eine Fassung.',
  noVersions: 'Noch keine frühere Fassung dieses Entwurfs.',
};
