import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type {
  CallInput,
  CallName,
  CallOutput,
  TicketFieldChange,
} from '../../../../../src/contract/bridge.ts';
import { BridgeError } from '../../../../../src/contract/errors.ts';
import { portOf } from '../../../../../src/main/shell/bridge/desk-port.ts';
import { createMemorySecrets } from '../../../../../src/main/desk/areas/session/secrets.ts';
import { createDesk, type Desk } from '../../../../../src/renderer/bridge/client.ts';
import { createComposer } from '../../../../../src/renderer/areas/compose/composer-store.ts';
import { createToasts } from '../../../../../src/renderer/toasts.ts';
import { openTestDesk, tempDir, type TestDesk } from '../../../../helpers/desk.ts';
import { createFakeClock, type FakeClock } from '../../../../helpers/fake-clock.ts';
import { fillDataFolder, nowhere } from '../../../../helpers/filled-cache.ts';
import { plainTicket } from '../../../../helpers/plain-ticket.ts';

const now = Date.UTC(2026, 10, 30);
const ids = [
  '00000000-0000-7000-8000-000000000001',
  '00000000-0000-7000-8000-000000000002',
] as const;
const [id] = ids;

let home: ReturnType<typeof tempDir>;
let desk: TestDesk;
let clock: FakeClock;
/** Calls whose answers do not reach the window. */
let lost: Set<CallName>;
let window: Desk;
beforeEach(async () => {
  home = tempDir();
  fillDataFolder(
    home.dir,
    ids.map((one) => plainTicket(one, now)),
  );
  clock = createFakeClock(now);
  desk = openTestDesk(home.dir, nowhere, createMemorySecrets(), clock, () =>
    Promise.reject(new Error('no network')),
  );
  await desk.until(async () => (await desk.call('sync.get', {})).phase !== 'starting');
  lost = new Set();
  const port = portOf(desk.desk);
  window = createDesk({
    shell: 'loopback',
    on: () => () => undefined,
    async call(name, input) {
      const answer = await port.call('own window', name, input);
      if (lost.has(name)) throw new BridgeError('shell-gone');
      return answer;
    },
  });
});
afterEach(async () => {
  await desk.desk.close();
  home.remove();
});

const queued = async () =>
  (await desk.call('outbox.list', {})).map(({ kind, text, change }) => text ?? change ?? kind);
const draft = async () =>
  (await desk.call('thread.get', { ticket_id: id, before: null, limit: 10 })).drafts.map(
    ({ text }) => text,
  );
const asked = <N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N> | null> =>
  window.call(name, input).catch(() => null);

/** Runs the desk's timers until a call is answered. */
async function withTimers<T>(call: Promise<T>): Promise<T> {
  let isOver = false;
  void call.finally(() => {
    isOver = true;
  });
  while (!isOver) {
    clock.advance(1);
    await new Promise((done) => {
      setImmediate(done);
    });
  }
  return call;
}

describe('Send, pressed again after the answer was lost,', () => {
  test.each(['reply', 'note'] as const)('finds the %s that is there', async (kind) => {
    const composer = createComposer(window, createToasts());
    composer.type(id, kind, 'Your order has left.');
    await composer.flush();
    lost.add('compose.send');
    expect(await composer.send(id, kind, null)).toBeNull();
    expect([composer.text(id, kind), await queued()]).toEqual([
      'Your order has left.',
      ['Your order has left.'],
    ]);
    lost.clear();
    expect(await composer.send(id, kind, null)).not.toBeNull();
    expect([composer.text(id, kind), await queued(), await draft()]).toEqual([
      '',
      ['Your order has left.'],
      [],
    ]);
  });

  test('sends what never arrived, and the same words once more where they are a new message', async () => {
    const composer = createComposer(window, createToasts());
    for (const _ of [1, 2]) {
      composer.type(id, 'reply', 'Done.');
      await composer.send(id, 'reply', null);
    }
    expect(await queued()).toEqual(['Done.', 'Done.']);
  });

  test('with other words sends nothing where the first had arrived: it says so, offers to undo that, and keeps the words', async () => {
    const toasts = createToasts();
    const composer = createComposer(window, toasts);
    composer.type(id, 'reply', 'Your order has left.');
    lost.add('compose.send');
    await composer.send(id, 'reply', null);
    composer.type(id, 'reply', 'Your order has left today.');
    await composer.send(id, 'reply', null);
    composer.type(id, 'reply', 'Your order has left today!');
    lost.clear();
    const offered: string[] = [];
    const options = {
      queued: (operation: CallOutput<'compose.send'>) => {
        offered.push(operation.operation_id);
      },
    };
    expect(await composer.send(id, 'reply', null, options)).toBeNull();
    expect([composer.text(id, 'reply'), await queued()]).toEqual([
      'Your order has left today!',
      ['Your order has left.'],
    ]);
    expect(toasts.state.getState().toasts.at(-1)?.title).toBe(
      'Already sent, as it was before your change',
    );
    expect(offered).toEqual((await desk.call('outbox.list', {})).map((item) => item.id));
    // The agent has been told, and means it.
    expect(await composer.send(id, 'reply', null)).not.toBeNull();
    expect(await queued()).toEqual(['Your order has left.', 'Your order has left today!']);
  });

  test('is a new message where the first was taken back in another window', async () => {
    const composer = createComposer(window, createToasts());
    composer.type(id, 'reply', 'Your order has left.');
    lost.add('compose.send');
    await composer.send(id, 'reply', null);
    lost.clear();
    const [first] = await desk.call('outbox.list', {});
    await desk.call('compose.takeBack', { operation_id: first?.id ?? '' });
    await composer.send(id, 'reply', null);
    expect([await queued(), composer.text(id, 'reply'), await draft()]).toEqual([
      ['Your order has left.'],
      '',
      [],
    ]);
  });
});

describe('a text that was sent, its answer lost,', () => {
  test('is not saved as a draft again, and leaves the composer once the desk is heard of', async () => {
    const composer = createComposer(window, createToasts());
    composer.type(id, 'reply', 'Your order has left.');
    lost.add('compose.send');
    await composer.send(id, 'reply', null);
    await composer.flush();
    expect([composer.text(id, 'reply'), await queued(), await draft()]).toEqual([
      '',
      ['Your order has left.'],
      [],
    ]);
  });

  test.each(['before', 'after'])(
    'is no draft where the page goes %s the send arrives',
    async (order) => {
      const composer = createComposer(window, createToasts());
      composer.type(id, 'reply', 'Your order has left.');
      // Pressed first, the send is on its way first; the one that outlives the page may overtake
      // it.
      if (order === 'before') composer.leave();
      const sent = composer.send(id, 'reply', null);
      if (order === 'after') composer.leave();
      await sent;
      await composer.flush();
      expect([await queued(), await draft()]).toEqual([['Your order has left.'], []]);
    },
  );

  test('is one message where a page that went comes back with it', async () => {
    const composer = createComposer(window, createToasts());
    composer.type(id, 'reply', 'Your order has left.');
    lost.add('compose.send').add('draft.save');
    const sent = composer.send(id, 'reply', null);
    composer.leave();
    await sent;
    const fresh = createComposer(window, createToasts());
    const { drafts } = await desk.call('thread.get', { ticket_id: id, before: null, limit: 10 });
    fresh.restore(id, drafts, { asked: fresh.mark(), opening: true });
    expect([fresh.text(id, 'reply'), await queued()]).toEqual(['', ['Your order has left.']]);
  });
});

describe('a change of a ticket, asked for again after the answer was lost,', () => {
  const cases: [what: string, change: TicketFieldChange][] = [
    ['priority', { priority: 'high' }],
    ['a tag', { tags: { add: ['refund'], remove: [] } }],
    ['a snooze', { snoozed_until: '2026-12-24T09:00:00.000Z' }],
  ];
  test.each(cases)('is one: %s, and one undo takes it back', async (_what, change) => {
    lost.add('triage.change');
    await asked('triage.change', { ticket_id: id, change });
    lost.clear();
    const again = await asked('triage.change', { ticket_id: id, change });
    expect(await queued()).toHaveLength(1);
    await desk.call('triage.undo', { operation_id: again?.operation_id ?? '' });
    expect(await queued()).toEqual([]);
  });

  test('is one close, then one reopening; a decision after another one is new', async () => {
    for (const name of ['triage.close', 'triage.reopen'] as const) {
      lost.add(name);
      await asked(name, { ticket_id: id });
      lost.clear();
      expect(await asked(name, { ticket_id: id })).not.toBeNull();
    }
    await asked('triage.close', { ticket_id: id });
    expect(await queued()).toEqual(['close', 'reopen', 'close']);
  });

  test('is made again where somebody has changed it since', async () => {
    lost.add('triage.change');
    await asked('triage.change', { ticket_id: id, change: { priority: 'high' } });
    lost.clear();
    await desk.call('triage.change', { ticket_id: id, change: { priority: 'low' } });
    await asked('triage.change', { ticket_id: id, change: { priority: 'high' } });
    expect(await queued()).toEqual([
      { priority: 'high' },
      { priority: 'low' },
      { priority: 'high' },
    ]);
  });

  test('of many tickets at once is one', async () => {
    const input = {
      target: { ids: [...ids] },
      action: { kind: 'change' as const, change: { priority: 'high' as const } },
    };
    lost.add('bulk.start');
    await withTimers(asked('bulk.start', input));
    lost.clear();
    const again = await withTimers(asked('bulk.start', input));
    expect(await desk.call('bulk.list', {})).toMatchObject([{ id: again?.id, total: 2 }]);
  });
});

test('a discarded message that is restored twice, since the first answer was lost, stands in the composer once', async () => {
  const { operation_id } = await desk.call('compose.send', {
    ticket_id: id,
    kind: 'note',
    text: 'From the bin',
  });
  await desk.call('outbox.discard', { operation_id });
  await desk.call('draft.save', { ticket_id: id, kind: 'note', text: 'ask Jonas' });
  for (const _ of [1, 2]) await desk.call('outbox.restore', { operation_id });
  expect(await draft()).toEqual(['From the bin\n\nask Jonas']);
});
