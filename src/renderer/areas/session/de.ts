import type { Translated } from '../../kit/translated.ts';
import type { sessionEn } from './en.ts';

/** The words of signing in and the account menu, in German. */
export const sessionDe: Translated<typeof sessionEn> = {
  // Signing in.
  signIn: 'Anmelden',
  signInTitle: 'Bei Staffdesk anmelden',
  signInLead:
    'Mit E-Mail und Passwort Ihres Support-Kontos. Noch kein Konto? Bitten Sie Ihre ' +
    'Administration, Sie hinzuzufügen.',
  signingIn: 'Meldet an',
  signInAgain:
    'Sie wurden abgemeldet. Ihre Arbeit ist gespeichert und wird nach der Anmeldung gesendet.',
  email: 'E-Mail',
  password: 'Passwort',
  showPassword: 'Passwort anzeigen',
  hidePassword: 'Passwort verbergen',
  capsLock: 'Die Feststelltaste ist an',
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

  // Before the first ticket, and before the first key.
  firstSteps: {
    title: 'Noch keine Tickets',
    hint: 'Zwei Schritte, und Sie können Ihrem ersten Kunden antworten.',
    portalTitle: 'Sagen Sie Kunden, wo sie schreiben',
    portalHint: 'Das ist die Adresse Ihres Portals:',
    copy: 'Link kopieren',
    testTitle: 'Ein Test-Ticket öffnen',
    testHint:
      'Legen Sie im Portal mit einer anderen E-Mail-Adresse ein Kundenkonto an, und öffnen Sie ' +
      'dort ein Ticket. Es erscheint hier, und Sie sehen, was ein Kunde sieht.',
    open: 'Portal öffnen',
  },
  welcome: {
    title: 'Vier Tasten für den Anfang',
    does: {
      next: 'nächstes Ticket',
      reply: 'antworten',
      close: 'schließen und weiter',
      palette: 'alles andere',
    },
    undo: (seconds, key) =>
      `Eine gesendete Antwort können Sie ${seconds} Sekunden lang rückgängig machen: ` +
      `Drücken Sie ${key}.`,
    dismiss: 'Ausblenden',
  },

  // The account menu.
  account: 'Konto',
  signOut: 'Abmelden',
  signOutAsk: {
    label: 'Mit nicht gesendeter Arbeit abmelden?',
    notSent: (messages, changes) => {
      const work = [];
      if (messages > 0) work.push(messages === 1 ? '1 Nachricht' : `${messages} Nachrichten`);
      if (changes > 0) work.push(changes === 1 ? '1 Änderung' : `${changes} Änderungen`);
      if (work.length === 0) return 'Jetzt ist alles gesendet';
      const are = messages + changes === 1 ? 'ist' : 'sind';
      return `${work.join(' und ')} ${are} noch nicht gesendet`;
    },
    sentLater: (n) =>
      n === 1
        ? 'Sie bleibt auf diesem Computer und wird gesendet, wenn Sie sich wieder anmelden.'
        : 'Sie bleiben auf diesem Computer und werden gesendet, wenn Sie sich wieder anmelden.',
    reviewLater: (n) =>
      n === 1
        ? 'Sie wurde angehalten. Sie bleibt auf diesem Computer, und Sie können sie nach der ' +
          'Anmeldung im Postausgang prüfen.'
        : 'Sie wurden angehalten. Sie bleiben auf diesem Computer, und Sie können sie nach der ' +
          'Anmeldung im Postausgang prüfen.',
    someStopped: (stopped) =>
      'Sie bleiben auf diesem Computer und werden gesendet, wenn Sie sich wieder anmelden, ' +
      `außer ${stopped}, die angehalten ${stopped === 1 ? 'wurde' : 'wurden'}: Diese prüfen Sie ` +
      'dann im Postausgang.',
    nothingLeft: 'Sie können sich jetzt abmelden.',
    stay: 'Angemeldet bleiben',
  },
  memoryToken:
    'Dieser Computer hat keinen Schlüsselspeicher, deshalb melden Sie sich bei jedem Start neu an.',
};
