import type { Translated } from '../../kit/translated.ts';
import type { syncEn } from './en.ts';

/** The words of the state of the sync, in German. */
export const syncDe: Translated<typeof syncEn> = {
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
};
