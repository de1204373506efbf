import type { NoticeChannel, NoticeEvent, NoticeOwner } from '../../../contract/bridge.ts';

/** The words of notifications, in English. */
export const noticesEn = {
  // Notifications.
  openLabel: 'Open',
  notifyAsk: 'Turn on notifications',
  notifyWhy: 'Hear when a customer writes.',
  notices: {
    title: 'What you hear of',
    hint: 'By what happened and whose ticket it is. Never for the ticket in front of you.',
    events: {
      reply: 'A customer writes',
      mention: 'A colleague mentions you',
      assigned: 'A ticket is given to you',
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
    legend: 'Banner, sound, number on the icon',
    hideText: 'Hide text on banners',
    hideTextHint: 'A banner then names no customer and shows none of their words.',
    permission: {
      granted: 'Banners are allowed.',
      denied:
        'Banners were refused for Staffdesk, so news shows inside this window. To change ' +
        'that, allow notifications for it in the settings of the browser or system.',
      default: 'Staffdesk has not asked for banners yet, so news shows inside this window.',
      unsupported: 'This system has no banners, so news shows inside this window.',
      system:
        'Banners come from Staffdesk itself. Where none show, allow them for Staffdesk in the settings of the system.',
    },
  },
  quiet: {
    on: 'Keep quiet hours',
    hint: 'No banner and no sound in these hours. The number on the icon still counts.',
    weekday: 'Weekday',
    from: 'From',
    to: 'To',
    fromOf: (day: string) => `${day}, from`,
    toOf: (day: string) => `${day}, to`,
    allDay: 'all day',
    nextDay: 'next day',
    breaks: 'May break them',
    breakers: {
      mention: 'A colleague mentions me',
      urgent: 'An urgent ticket',
    },
  },
} as const;
