import { Bell } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { NotificationPayload } from '../../../contract/bridge.ts';
import { usePart } from '../../stores-context.tsx';
import { texts } from '../../texts.ts';
import type { Toasts } from '../../toasts.ts';
import { Button } from '../../kit/button.tsx';
import { playChime } from '../../kit/sound.ts';

type Permission = NotificationPermission | 'unsupported';
const permissionNow = (): Permission =>
  'Notification' in window ? Notification.permission : 'unsupported';

/**
 * Raises the desk's banners as system notifications where the browser may, else inside the window;
 * asks once for leave.
 */
export function Notifications() {
  const desk = usePart((s) => s.desk);
  const [permission, setPermission] = useState<Permission>(permissionNow);
  useBanners();
  useBadge();
  // Electron's shell raises the banners itself and needs no leave from the page.
  if (permission !== 'default' || desk.shell === 'electron') return null;
  return (
    <Button
      look="quiet"
      className="notify-ask"
      icon={<Bell size={14} />}
      title={texts.notifyWhy}
      onClick={() => {
        void Notification.requestPermission().then(setPermission);
      }}
    >
      {texts.notifyAsk}
    </Button>
  );
}

/** Shows and plays the notices of the desk. */
function useBanners(): void {
  const desk = usePart((s) => s.desk);
  const toasts = usePart((s) => s.toasts);
  const navigation = usePart((s) => s.navigation);
  useEffect(
    () =>
      desk.on('notification.show', (notice) => {
        const open = (): void => {
          window.focus();
          navigation.openTicket(notice.ticket_id);
        };
        const shown = notice.channels.includes('banner');
        const isRaised = shown && permissionNow() === 'granted';
        if (notice.channels.includes('sound') && !isRaised) playChime();
        if (isRaised) showBanner(notice, open);
        else if (shown) showToast(notice, open, toasts);
      }),
    [desk, toasts, navigation],
  );
}

/** Writes the count of the badge on the window, and on its icon where it has one. */
function useBadge(): void {
  const desk = usePart((s) => s.desk);
  useEffect(
    () =>
      desk.on('badge.changed', ({ count }) => {
        document.title = count > 0 ? `(${count}) ${texts.app}` : texts.app;
        // Only an installed window or Electron has an icon of its own to write on.
        if ('setAppBadge' in navigator) void navigator.setAppBadge(count).catch(() => undefined);
      }),
    [desk],
  );
}

function showToast({ title, body }: NotificationPayload, open: () => void, toasts: Toasts): void {
  toasts.show({ kind: 'info', title, body, actions: [{ label: texts.openLabel, run: open }] });
}

function showBanner(banner: NotificationPayload, open: () => void): void {
  // The tag lets a ticket's next banner take the place of its last one. Without an icon the system
  // shows the browser's; no system draws an SVG.
  const notification = new Notification(banner.title, {
    body: banner.body,
    tag: banner.tag,
    icon: './icon-192.png',
    silent: !banner.channels.includes('sound'),
  });
  notification.addEventListener('click', () => {
    open();
    notification.close();
  });
}
