import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { callNames, type CallName } from '../../../../src/contract/bridge.ts';
import { portOf } from '../../../../src/main/shell/bridge/desk-port.ts';
import { createEvents } from '../../../../src/main/desk/events.ts';
import type { Desk } from '../../../../src/main/desk/desk.ts';
import { createAppWindow } from '../../../../src/main/shell/electron/app-window.ts';
import { connectBridge } from '../../../../src/main/shell/electron/bridge-ipc.ts';
import { unwatched } from '../../../helpers/unwatched.ts';
import { asElectron, FakeWindow } from './fake-electron.ts';

const ticket = '0190a6c1-0000-7000-8000-000000000001';

function setUp() {
  const calls: CallName[] = [];
  const handlers = Object.fromEntries(
    callNames.map((name) => [
      name,
      () => {
        calls.push(name);
        return {};
      },
    ]),
  );
  const desk: Desk = {
    handlers: asElectron(handlers),
    events: createEvents(),
    live: unwatched(),
    close: () => Promise.resolve(),
  };
  const window = new FakeWindow({ webPreferences: {} });
  const appWindow = createAppWindow(() => ({
    window: asElectron(window),
    loaded: Promise.resolve(),
  }));
  const ipc = new Map<string, (event: unknown, name: unknown, input: unknown) => unknown>();
  const shown: unknown[] = [];
  connectBridge(portOf(desk), {
    ipcMain: asElectron({
      handle: (
        channel: string,
        handler: (event: unknown, name: unknown, input: unknown) => unknown,
      ) => {
        ipc.set(channel, handler);
      },
    }),
    appWindow,
    notifications: {
      show: (payload) => {
        shown.push(payload);
      },
      closeAll: () => undefined,
    },
  });
  const own = { sender: window.webContents, senderFrame: window.webContents.mainFrame };
  const invoke = async (event: unknown, name: unknown, input: unknown): Promise<unknown> =>
    ipc.get('staffdesk:call')?.(event, name, input);
  return { desk, window, appWindow, ipc, calls, shown, own, invoke };
}

let shell: ReturnType<typeof setUp>;
beforeEach(async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  shell = setUp();
  await shell.appWindow.show();
});
afterEach(() => {
  vi.restoreAllMocks();
});

test('one channel takes calls', () => {
  expect([...shell.ipc.keys()]).toEqual(['staffdesk:call']);
});

test('a call from the main frame of our window on our page is answered', async () => {
  expect(await shell.invoke(shell.own, 'thread.markRead', { ticket_id: ticket })).toEqual({
    ok: true,
    value: {},
    revision: 0,
  });
});

test.each<[string, (own: typeof shell.own) => unknown]>([
  [
    'another window',
    (own) => ({
      sender: new FakeWindow({ webPreferences: {} }).webContents,
      senderFrame: own.senderFrame,
    }),
  ],
  [
    'a frame inside our page',
    (own) => ({
      sender: own.sender,
      senderFrame: { url: 'app://staffdesk/index.html', frameTreeNodeId: 2 },
    }),
  ],
  ['a frame that is gone', (own) => ({ sender: own.sender, senderFrame: null })],
  [
    'a frame that throws when asked',
    (own) => ({
      sender: own.sender,
      senderFrame: {
        frameTreeNodeId: 1,
        get url(): string {
          throw new Error('disposed');
        },
      },
    }),
  ],
  ...[
    'https://evil.test/',
    'app://evil/index.html',
    'app://staffdesk.evil/',
    'file:///index.html',
    'about:blank',
    'data:text/html,x',
    '',
    'app:staffdesk',
  ].map((url): [string, (own: typeof shell.own) => unknown] => [
    `our window showing ${JSON.stringify(url)}`,
    (own) => ({ sender: own.sender, senderFrame: { url, frameTreeNodeId: 1 } }),
  ]),
])('a call from %s is refused and reaches no handler', async (_who, event) => {
  expect(await shell.invoke(event(shell.own), 'session.get', {})).toMatchObject({
    ok: false,
    error: { code: 'refused' },
  });
  expect(shell.calls).toEqual([]);
});

test('a call after the window has closed is refused', async () => {
  shell.window.close();
  expect(await shell.invoke(shell.own, 'session.get', {})).toMatchObject({
    ok: false,
    error: { code: 'refused' },
  });
});

const circular: Record<string, unknown> = {};
circular['self'] = circular;
test.each<[string, unknown, unknown]>([
  ['no name', undefined, {}],
  ['a null name', null, {}],
  ['a number', 7, {}],
  ['an object', {}, {}],
  ['an empty name', '', {}],
  ['an unknown name', 'session.destroy', {}],
  ['a prototype name', '__proto__', {}],
  ['an inherited name', 'constructor', {}],
  ['toString', 'toString', {}],
  ['a list', ['session.get'], {}],
  ['no input', 'session.get', undefined],
  ['a null input', 'session.get', null],
  ['a text input', 'session.get', 'x'],
  ['a key too many', 'session.get', { extra: 1 }],
  ['a circular input', 'session.get', circular],
  ['an id that is none', 'thread.markRead', { ticket_id: '../1' }],
  ['an id that is an object', 'thread.markRead', { ticket_id: { $ne: null } }],
  [
    'a text that is too long',
    'compose.send',
    { ticket_id: ticket, kind: 'reply', text: 'x'.repeat(10_000_000) },
  ],
  ['a kind that is none', 'compose.send', { ticket_id: ticket, kind: 'sms', text: 'x' }],
  ['an empty change', 'triage.change', { ticket_id: ticket, change: {} }],
  ['a limit past all bounds', 'search.query', { query: 'x', limit: 1e9 }],
  ['a function', 'search.query', () => 1],
])('a malformed call is refused without throwing: %s', async (_what, name, input) => {
  expect(await shell.invoke(shell.own, name, input)).toMatchObject({
    ok: false,
    error: { code: 'invalid-input' },
  });
  expect(shell.calls).toEqual([]);
});

test('events of the desk reach the window, banners go to the system', () => {
  const banner = {
    ticket_id: ticket,
    title: 'Dana',
    body: 'Hello',
    tag: ticket,
    channels: ['banner' as const],
  };
  shell.desk.events.emit('badge.changed', { count: 2 });
  shell.desk.events.emit('committed', { ticket_ids: null });
  shell.desk.events.emit('notification.show', banner);
  expect([shell.window.webContents.sent, shell.shown]).toEqual([
    [['staffdesk:event', 'badge.changed', { count: 2 }]],
    [banner],
  ]);
});

test('an event after the window has closed goes nowhere and throws nothing', () => {
  shell.window.close();
  shell.desk.events.emit('badge.changed', { count: 2 });
  expect(shell.window.webContents.sent).toEqual([]);
});
