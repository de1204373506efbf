import type { NoticeChannel, NoticeEvent, NoticeOwner } from '../../../contract/bridge.ts';

/** The words of notifications, in English. */
export const noticesEn = {
  // Notifications.
  openLabel: 'Open',
  notifyAsk: 'Turn on notifications',
  notifyWhy: 'Know at once when a customer writes.',
  notices: {
    title: 'Notify me about',
    hint: "Choose by event and by whose ticket it is. You're not notified about the ticket you have open.",
    events: {
      reply: 'A customer writes',
      mention: 'A colleague mentions you',
      assigned: 'A ticket is assigned to you',
    } satisfies Record<NoticeEvent, string>,
    owners: {
      mine: 'Mine',
      unassigned: 'Unassigned',
      others: 'Others',
    } satisfies Record<NoticeOwner, string>,
    channels: {
      banner: 'Banner',
      sound: 'Sound',
      badge: 'Badge',
    } satisfies Record<NoticeChannel, string>,
    what: 'Event',
    cell: (event: string, owner: string, channel: string) => `${event}, ${owner}: ${channel}`,
    legend: 'Banner, sound, badge on the app icon',
    hideText: 'Hide text on banners',
    hideTextHint: 'Banners then show neither names nor text.',
    permission: {
      granted: 'Desktop notifications are on.',
      denied:
        'Desktop notifications are blocked. Alerts appear in this window only. To change that, ' +
        'allow notifications for Staffdesk in the settings of your browser or system.',
      default: 'Desktop notifications are off. Alerts appear in this window only.',
      unsupported: 'This system has no desktop notifications. Alerts appear in this window only.',
      system:
        'Staffdesk shows notifications itself. If none appear, allow them in the system settings.',
    },
  },
  quiet: {
    on: 'Use quiet hours',
    hint: 'No banners and no sounds in these hours. The badge still counts.',
    weekday: 'Weekday',
    from: 'From',
    to: 'To',
    fromOf: (day: string) => `${day}, from`,
    toOf: (day: string) => `${day}, to`,
    allDay: 'all day',
    nextDay: 'next day',
    breaks: 'Allowed during quiet hours',
    breakers: {
      mention: 'A colleague mentions me',
      urgent: 'An urgent ticket',
    },
  },
} as const;
