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
    live: 'Aktuell',
    offline: 'Offline',
    signIn: 'Anmeldung nötig',
  },
  unsent: {
    sends: (n, count) => (n === 1 ? `${count} wird` : `${count} werden`),
    sendsIn: (n, seconds) => (n === 1 ? ` in ${seconds} s` : ` binnen ${seconds} s`),
    sendsEnd: ' gesendet',
    sending: (count) => `${count} wird gesendet`,
    toSend: (count) => `${count} zu senden`,
    notSent: (count) => `${count} nicht gesendet`,
  },
  offlineReasons: {
    unreachable: 'Der Server ist nicht erreichbar. Alles, was Sie tun, bleibt erhalten.',
    'unexpected-answer':
      'Etwas anderes antwortet anstelle des Servers, vielleicht die Anmeldeseite eines WLANs.',
    'server-error': 'Der Server hat ein Problem. Alles, was Sie tun, bleibt erhalten.',
    'rate-limited':
      'Zu viele Anfragen: neuer Versuch in Kürze. Alles, was Sie tun, bleibt erhalten.',
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
  syncLag: 'Verzögerung',
  syncFailures: 'Fehlversuche',
  syncNext: 'Nächster Versuch',
  syncOldest: 'Wartet seit',
  syncRebuilt: 'Neu verbunden',
  syncNotSent: 'Zu prüfen',
  syncCached: 'Tickets auf diesem Computer',
  streams: {
    connected: 'Verbunden',
    lost: 'Nicht verbunden',
    unsupported: 'Bietet dieser Server nicht',
  },
  inSeconds: (n) => (n <= 0 ? 'jetzt' : `in ${n} s`),
};
