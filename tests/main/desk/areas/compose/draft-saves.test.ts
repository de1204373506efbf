import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { StaffdeskBridge } from '../../../../../src/contract/bridge.ts';
import { BridgeError } from '../../../../../src/contract/errors.ts';
import { portOf } from '../../../../../src/main/shell/bridge/desk-port.ts';
import { openCache } from '../../../../../src/main/desk/sqlite/cache-file.ts';
import { draftsOf, draftVersions } from '../../../../../src/main/desk/areas/compose/drafts.ts';
import { openOutbox } from '../../../../../src/main/desk/sqlite/outbox-file.ts';
import { createMemorySecrets } from '../../../../../src/main/desk/areas/session/secrets.ts';
import { applyPage } from '../../../../../src/main/desk/feed/apply-page.ts';
import { createDesk } from '../../../../../src/renderer/bridge/client.ts';
import { composeWindow, type Composed } from '../../../../../src/renderer/composition.ts';
import { openTestDesk, tempDir, type TestDesk } from '../../../../helpers/desk.ts';
import { createFakeClock } from '../../../../helpers/fake-clock.ts';
import { fillDataFolder, maya, nowhere } from '../../../../helpers/filled-cache.ts';
import { plainTicket } from '../../../../helpers/plain-ticket.ts';

const now = Date.UTC(2026, 10, 30);
const from = '00000000-0000-7000-8000-000000000001';
const into = '00000000-0000-7000-8000-000000000002';
const key = `${nowhere} ${maya}`;

let home: ReturnType<typeof tempDir>;
let desk: TestDesk;
let isOpen = false;
beforeEach(() => {
  home = tempDir();
  fillDataFolder(
    home.dir,
    [from, into].map((one) => plainTicket(one, now)),
  );
});
afterEach(async () => {
  await end();
  home.remove();
});

async function start(): Promise<void> {
  desk = openTestDesk(home.dir, nowhere, createMemorySecrets(), createFakeClock(now), () =>
    Promise.reject(new Error('no network')),
  );
  isOpen = true;
  await desk.until(async () => (await desk.call('sync.get', {})).phase !== 'starting');
}
async function end(): Promise<void> {
  if (isOpen) await desk.desk.close();
  isOpen = false;
}
/** What outbox.db has of a ticket's reply, without a desk. */
async function onDisk(ticketId: string): Promise<{ drafts: string[]; versions: string[] }> {
  await end();
  const { db } = openOutbox(join(home.dir, 'outbox.db'));
  const found = {
    drafts: draftsOf(db, key, ticketId).map(({ text }) => text),
    versions: draftVersions(db, { accountId: key, ticketId, kind: 'reply' }).map(
      ({ text }) => text,
    ),
  };
  db.close();
  return found;
}

describe('what was typed last in a window, where the agent signs out in another one,', () => {
  let refuse: boolean;
  let settled: Promise<unknown>[];
  async function openWindow(): Promise<Composed> {
    const port = portOf(desk.desk);
    const bridge: StaffdeskBridge = {
      shell: 'loopback',
      on: (name, listener) => {
        port.listen((one, payload) => {
          if (one === name) listener(payload);
        });
        return () => undefined;
      },
      call(name, input) {
        const answer =
          refuse && name === 'draft.save'
            ? Promise.reject(new BridgeError('shell-gone'))
            : port.call('own window', name, input);
        settled.push(answer.catch(() => undefined));
        return answer;
      },
    };
    const stores = composeWindow(createDesk(bridge), (run) => {
      run();
    });
    await stores.session.load();
    return stores;
  }
  beforeEach(async () => {
    refuse = false;
    settled = [];
    await start();
  });

  test('is in the draft of the account that it belongs to', async () => {
    const { composer, session } = await openWindow();
    composer.type(from, 'reply', 'Half a sen');
    await composer.flush();
    composer.type(from, 'reply', 'Half a sentence');
    await desk.call('session.signOut', {});
    await Promise.all(settled);
    expect([session.state.getState().session?.account, composer.text(from, 'reply')]).toEqual([
      null,
      '',
    ]);
    expect(await onDisk(from)).toEqual({ drafts: ['Half a sentence'], versions: ['Half a sen'] });
  });

  test('is saved where the desk has signed out and the window has not heard of it yet', async () => {
    await desk.call('session.signOut', {});
    const save = { ticket_id: from, kind: 'reply' as const, text: 'Half a sentence' };
    await expect(desk.call('draft.save', save)).rejects.toMatchObject({ code: 'not-signed-in' });
    await expect(desk.call('draft.save', { ...save, account: from })).rejects.toMatchObject({
      code: 'not-signed-in',
    });
    await desk.call('draft.save', { ...save, account: maya });
    expect((await onDisk(from)).drafts).toEqual(['Half a sentence']);
  });

  test('stays in the window where nobody takes it, which says so, and is back with the account', async () => {
    const { composer, session, toasts } = await openWindow();
    const before = session.state.getState().session;
    if (!before) throw new Error('nobody is signed in');
    composer.type(from, 'reply', 'Half a sentence');
    refuse = true;
    await desk.call('session.signOut', {});
    await Promise.all(settled);
    expect([
      composer.text(from, 'reply'),
      toasts.state.getState().toasts.map(({ title }) => title),
    ]).toEqual(['', ['The end of a draft is not saved yet']]);
    session.set({ ...before, account: before.account && { ...before.account, id: into } });
    expect(composer.text(from, 'reply')).toBe('');
    refuse = false;
    session.set(before);
    expect(composer.text(from, 'reply')).toBe('Half a sentence');
  });
});

describe('a draft of a ticket that was merged', () => {
  function merge(): void {
    const { db } = openCache(join(home.dir, 'cache.db'));
    applyPage(
      db,
      {
        tickets: [],
        messages: [],
        staff: [],
        macros: [],
        removed: [{ kind: 'ticket', id: from, merged_into: into }],
        next_cursor: 'd',
        has_more: false,
      },
      maya,
      () => 0,
    );
    db.close();
  }
  const save = (ticketId: string, text: string, actions = {}) =>
    desk.call('draft.save', { ticket_id: ticketId, kind: 'reply', text, actions });
  const drafts = async () =>
    (await desk.call('thread.get', { ticket_id: into, before: null, limit: 10 })).drafts;

  test('goes along, with its versions and what was to go with it, also where the desk ended between the two files', async () => {
    await start();
    await save(from, 'A version');
    await save(from, '');
    await save(from, 'From there', { priority: 'high' });
    await save(into, 'A version of here');
    await save(into, '');
    await end();
    merge();
    await start();
    expect(await drafts()).toMatchObject([{ text: 'From there', actions: { priority: 'high' } }]);
    expect(
      (await desk.call('draft.versions', { ticket_id: from, kind: 'reply' }))
        .map(({ text }) => text)
        .toSorted(),
    ).toEqual(['A version', 'A version of here']);
    expect(await onDisk(from)).toEqual({ drafts: [], versions: [] });
  });

  test('gets its version back where the conversation goes on', async () => {
    await start();
    await save(from, 'A version');
    await save(from, '');
    await end();
    merge();
    await start();
    const version = { ticket_id: from, kind: 'reply' as const, text: 'A version' };
    expect(await desk.call('draft.restoreVersion', version)).toMatchObject({ ticket_id: into });
    expect((await onDisk(into)).drafts).toEqual(['A version']);
  });

  test('that is saved afterwards is saved where the conversation goes on, once however often it is saved', async () => {
    await start();
    await save(into, 'From here');
    await end();
    merge();
    await start();
    for (const text of ['From', 'From there', 'From there too', ''])
      await save(from, text, text === 'From there' ? { priority: 'high' } : {});
    expect(await drafts()).toMatchObject([
      { text: 'From there too\n\nFrom here', actions: { priority: 'high' } },
    ]);
    expect(await onDisk(from)).toEqual({ drafts: [], versions: [] });
  });

  test('that a waiting reply is taken back into, or that comes out of the bin, is where the conversation goes on', async () => {
    await start();
    await desk.call('settings.set', { undo_seconds: 0 });
    const waiting = await desk.call('compose.send', {
      ticket_id: from,
      kind: 'reply',
      text: 'Waiting',
      actions: { priority: 'high' },
    });
    const binned = await desk.call('compose.send', {
      ticket_id: from,
      kind: 'note',
      text: 'Binned',
    });
    await desk.call('outbox.discard', { operation_id: binned.operation_id });
    await end();
    merge();
    await start();
    expect(
      await desk.call('compose.takeBack', { operation_id: waiting.operation_id }),
    ).toMatchObject({ ticket_id: into, text: 'Waiting', actions: { priority: 'high' } });
    expect(await desk.call('outbox.restore', { operation_id: binned.operation_id })).toMatchObject({
      ticket_id: into,
      text: 'Binned',
    });
    expect((await drafts()).map(({ text }) => text).toSorted()).toEqual(['Binned', 'Waiting']);
  });
});

test('an earlier version comes back with the changes of the draft, whose own text becomes a version each time', async () => {
  await start();
  const place = { ticket_id: from, kind: 'reply' as const };
  const actions = { priority: 'high' as const };
  await desk.call('draft.save', { ...place, text: 'First', actions });
  for (const text of ['Second', 'First', 'First', 'Third'])
    expect(await desk.call('draft.restoreVersion', { ...place, text })).toMatchObject({
      ...place,
      text,
      actions,
    });
  expect(await onDisk(from)).toEqual({ drafts: ['Third'], versions: ['First', 'Second', 'First'] });
});
