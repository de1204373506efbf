import { Bell } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { NotificationPayload } from '../../../contract/bridge.ts';
import { usePart } from '../../stores-context.tsx';
import { texts } from '../../texts.ts';
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
  const toasts = usePart((s) => s.toasts);
  const navigation = usePart((s) => s.navigation);
  const [permission, setPermission] = useState<Permission>(permissionNow);

  useEffect(
    () =>
      desk.on('notification.show', (banner) => {
        const open = (): void => {
          window.focus();
          navigation.openTicket(banner.ticket_id);
        };
        const shown = banner.channels.includes('banner');
        if (banner.channels.includes('sound') && !(shown && permissionNow() === 'granted'))
          playChime();
        if (!shown) return;
        if (permissionNow() === 'granted') showBanner(banner, open);
        else
          toasts.show({
            kind: 'info',
            title: banner.title,
            body: banner.body,
            actions: [{ label: texts.openLabel, run: open }],
          });
      }),
    [desk, toasts, navigation],
  );

  useEffect(
    () =>
      desk.on('badge.changed', ({ count }) => {
        document.title = count > 0 ? `(${count}) ${texts.app}` : texts.app;
        // Only an installed window or Electron has an icon of its own to write on.
        if ('setAppBadge' in navigator) void navigator.setAppBadge(count).catch(() => undefined);
      }),
    [desk],
  );

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

function showBanner(banner: NotificationPayload, open: () => void): void {
  // The tag lets a ticket's next banner take the place of its last one.
  const notification = new Notification(banner.title, {
    body: banner.body,
    tag: banner.tag,
    silent: !banner.channels.includes('sound'),
  });
  notification.addEventListener('click', () => {
    open();
    notification.close();
  });
}
