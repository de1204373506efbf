import { Notification } from 'electron';
import type { NotificationPayload } from '../../../contract/bridge.ts';

/** Banners of the system, one per ticket. */
export interface Notifications {
  show(payload: NotificationPayload): void;
  closeAll(): void;
}

/**
 * Systems do not report every banner that they drop, so the oldest of more than this many is
 * closed.
 */
const most = 50;

/**
 * `onOpen` runs when a banner is clicked, `onUnshown` when the system has no banners or failed to
 * show one.
 */
export function createNotifications(
  on: { onOpen: (ticketId: string) => void; onUnshown: (payload: NotificationPayload) => void },
  platform: NodeJS.Platform = process.platform,
): Notifications {
  const shown = createShown();
  return {
    show(payload) {
      // The window makes the sound of what has no banner.
      if (!Notification.isSupported() || !payload.channels.includes('banner')) {
        on.onUnshown(payload);
        return;
      }
      const banner = new Notification({
        title: payload.title,
        silent: !payload.channels.includes('sound'),
        body: platform === 'linux' ? escapeMarkup(payload.body) : payload.body,
      });
      const forget = shown.put(payload.tag, banner);
      banner.on('click', () => {
        forget();
        on.onOpen(payload.ticket_id);
      });
      banner.on('close', forget);
      banner.on('failed', () => {
        forget();
        on.onUnshown(payload);
      });
      banner.show();
    },
    closeAll: shown.closeAll,
  };
}

/** The banners on screen, by tag, and at most `most`. */
function createShown() {
  // Also keeps the objects alive: one that is garbage collected loses its click.
  const shown = new Map<string, Notification>();

  function close(tag: string): void {
    const banner = shown.get(tag);
    shown.delete(tag);
    banner?.close();
  }

  return {
    /** In the place of the one with this tag; returns how to forget it. */
    put(tag: string, banner: Notification): () => void {
      close(tag);
      const [oldest] = shown.keys();
      if (shown.size >= most && oldest !== undefined) close(oldest);
      shown.set(tag, banner);
      return () => {
        if (shown.get(tag) === banner) shown.delete(tag);
      };
    },
    closeAll() {
      for (const tag of shown.keys()) close(tag);
    },
  };
}

/** Linux desktops read a banner's body as markup, which a customer's words must never become. */
function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
