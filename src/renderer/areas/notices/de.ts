import type { Translated } from '../../kit/translated.ts';
import type { noticesEn } from './en.ts';

/** The words of notifications, in German. */
export const noticesDe: Translated<typeof noticesEn> = {
  // Notifications.
  openLabel: 'Öffnen',
  notifyAsk: 'Hinweise einschalten',
  notifyWhy: 'Erfahren Sie, wenn ein Kunde schreibt.',
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
};
