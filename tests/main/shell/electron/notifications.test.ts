import { beforeEach, expect, test, vi } from 'vitest';
import type { NotificationPayload } from '../../../../src/contract/bridge.ts';
import type { Notifications } from '../../../../src/main/shell/electron/notifications.ts';
import { createFakeElectron, type FakeElectron } from './fake-electron.ts';

let fake: FakeElectron;
let banners: Notifications;
let opened: string[];
let unshown: NotificationPayload[];

beforeEach(async () => {
  fake = createFakeElectron();
  opened = [];
  unshown = [];
  vi.resetModules();
  vi.doMock('electron', () => fake.module);
  const { createNotifications } =
    await import('../../../../src/main/shell/electron/notifications.ts');
  banners = createNotifications({
    onOpen: (id) => {
      opened.push(id);
    },
    onUnshown: (payload) => {
      unshown.push(payload);
    },
  });
});

const payload = (ticket: string, body = 'Hello'): NotificationPayload => ({
  ticket_id: ticket,
  title: 'Dana',
  body,
  tag: ticket,
  channels: ['banner'],
});

test('a newer banner of a ticket replaces the older one, other tickets keep theirs', () => {
  banners.show(payload('a', 'first'));
  banners.show(payload('b'));
  banners.show(payload('a', 'second'));
  expect(fake.banners.map((banner) => [banner.options.body, banner.shown, banner.closed])).toEqual([
    ['first', true, true],
    ['Hello', true, false],
    ['second', true, false],
  ]);
});

test('a click opens the ticket of that banner', () => {
  banners.show(payload('a'));
  banners.show(payload('b'));
  fake.banners[1]?.emit('click');
  expect(opened).toEqual(['b']);
});

test('a late close of the older banner does not lose the newer one', () => {
  banners.show(payload('a', 'first'));
  banners.show(payload('a', 'second'));
  fake.banners[0]?.emit('close');
  banners.show(payload('a', 'third'));
  expect(fake.banners.map((banner) => banner.closed)).toEqual([true, true, false]);
});

test.each([
  ['linux', '&lt;a href="x"&gt;1 &amp; 2&lt;/a&gt;'],
  ['darwin', '<a href="x">1 & 2</a>'],
  ['win32', '<a href="x">1 & 2</a>'],
] as const)(
  "a customer's words are shown as written, never read as markup: %s",
  async (platform, body) => {
    const { createNotifications } =
      await import('../../../../src/main/shell/electron/notifications.ts');
    createNotifications({ onOpen: () => undefined, onUnshown: () => undefined }, platform).show(
      payload('a', '<a href="x">1 & 2</a>'),
    );
    expect(fake.banners[0]?.options.body).toBe(body);
  },
);

test('where the system has no banners, the window shows them', () => {
  fake.notificationsSupported = false;
  banners.show(payload('a'));
  expect([fake.banners, unshown]).toEqual([[], [payload('a')]]);
});

test('a banner that the system failed to show is shown by the window', () => {
  banners.show(payload('a'));
  fake.banners[0]?.emit('failed', {}, 'no');
  expect(unshown).toEqual([payload('a')]);
});

test('no more than 50 are kept, the oldest closes first, and quitting closes all', () => {
  for (let i = 0; i < 51; i += 1) banners.show(payload(String(i)));
  expect(
    fake.banners.filter((banner) => banner.closed).map((banner) => fake.banners.indexOf(banner)),
  ).toEqual([0]);
  banners.closeAll();
  expect(fake.banners.every((banner) => banner.closed)).toBe(true);
});

test.each(['closed', 'minimised', 'open'])(
  'a click brings a window that is %s to the front and opens the ticket in it',
  async (state) => {
    const { createWindowAndBanners } =
      await import('../../../../src/main/shell/electron/window-and-banners.ts');
    const { appWindow, notifications } = createWindowAndBanners('/preload.cjs', (error) => {
      throw error;
    });
    await appWindow.show();
    const [first] = fake.windows;
    if (state === 'closed') first?.close();
    if (first) first.minimized = state === 'minimised';
    notifications.show(payload('a'));
    fake.banners[0]?.emit('click');
    const window = state === 'closed' ? fake.windows[1] : first;
    await vi.waitFor(
      () => {
        expect(window?.webContents.sent).toEqual([
          ['staffdesk:event', 'ticket.open', { ticket_id: 'a' }],
        ]);
      },
      { timeout: 120_000 },
    );
    expect(window?.did).toEqual(
      { closed: [], minimised: ['restore', 'show', 'focus'], open: ['show', 'focus'] }[state],
    );
  },
);

test('without banners in the system, the window is told to show one itself', async () => {
  const { createWindowAndBanners } =
    await import('../../../../src/main/shell/electron/window-and-banners.ts');
  const { appWindow, notifications } = createWindowAndBanners('/preload.cjs', (error) => {
    throw error;
  });
  await appWindow.show();
  fake.notificationsSupported = false;
  notifications.show(payload('a'));
  expect(fake.windows[0]?.webContents.sent).toEqual([
    ['staffdesk:event', 'notification.show', payload('a')],
  ]);
});
