import type { Translated } from '../../kit/translated.ts';
import type { noticesEn } from './en.ts';

/** The words of notifications, in German. */
export const noticesDe: Translated<typeof noticesEn> = {
  // Notifications.
  openLabel: 'Öffnen',
  notifyAsk: 'Hinweise einschalten',
  notifyWhy: 'Sofort wissen, wenn ein Kunde schreibt.',
  notices: {
    title: 'Benachrichtigen bei',
    hint: 'Je nach Ereignis und danach, wessen Ticket es ist. Nie für das Ticket, das Sie gerade geöffnet haben.',
    events: {
      reply: 'Ein Kunde schreibt',
      mention: 'Ein Kollege erwähnt Sie',
      assigned: 'Ihnen wird ein Ticket zugewiesen',
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
    hideTextHint: 'Banner zeigen dann weder Namen noch Text.',
    permission: {
      granted: 'Benachrichtigungen sind eingeschaltet.',
      denied:
        'Benachrichtigungen sind blockiert und erscheinen nur in diesem Fenster. Um das zu ' +
        'ändern, erlauben Sie Benachrichtigungen für Staffdesk in den Einstellungen des ' +
        'Browsers oder des Systems.',
      default: 'Benachrichtigungen sind aus und erscheinen nur in diesem Fenster.',
      unsupported:
        'Dieses System kennt keine Benachrichtigungen; sie erscheinen nur in diesem Fenster.',
      system:
        'Staffdesk benachrichtigt selbst. Erscheint nichts, erlauben Sie es in den Einstellungen des Systems.',
    },
  },
  quiet: {
    on: 'Ruhezeiten verwenden',
    hint: 'In diesen Stunden kein Banner und kein Ton. Die Zahl am Symbol zählt weiter.',
    weekday: 'Wochentag',
    from: 'Von',
    to: 'Bis',
    fromOf: (day) => `${day}, von`,
    toOf: (day) => `${day}, bis`,
    allDay: 'ganztags',
    nextDay: 'am Folgetag',
    breaks: 'In Ruhezeiten erlaubt',
    breakers: {
      mention: 'Ein Kollege erwähnt mich',
      urgent: 'Ein dringendes Ticket',
    },
  },
};
