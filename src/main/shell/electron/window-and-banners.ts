import { createAppWindow, type AppWindow } from './app-window.ts';
import { createNotifications, type Notifications } from './notifications.ts';
import { createWindow } from './window.ts';

/**
 * The window and the banners that lead to it: a click brings it to the front, or back, and opens
 * the ticket there.
 */
export function createWindowAndBanners(
  preload: string,
  onFailed: (error: unknown) => void,
): { appWindow: AppWindow; notifications: Notifications } {
  const appWindow = createAppWindow(() => createWindow(preload));
  const notifications = createNotifications({
    onOpen(ticketId) {
      // A window that has just been made hears nothing until its page is loaded.
      appWindow.show().then(() => appWindow.send('ticket.open', { ticket_id: ticketId }), onFailed);
    },
    onUnshown: (payload) => {
      appWindow.send('notification.show', payload);
    },
  });
  return { appWindow, notifications };
}
