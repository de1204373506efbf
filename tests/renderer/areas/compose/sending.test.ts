import { expect, test, vi } from 'vitest';
import { createDesk } from '../../../../src/renderer/bridge/client.ts';
import { composeWindow } from '../../../../src/renderer/composition.ts';

const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const ticket = {
  id: uuid(1),
  subject: 'My order',
  requester: 'Dana Okafor',
  requester_email: 'dana@customer.test',
  status: 'open',
  priority: 'medium',
  category: 'other',
};

/**
 * A window with an open ticket, and one macro whose variable has no value. `saved`: when the desk
 * has a draft.
 */
function window(saved: Promise<void> = Promise.resolve()) {
  const sent: unknown[] = [];
  const asked: string[] = [];
  const closed: unknown[] = [];
  const stores = composeWindow(
    createDesk({
      shell: 'electron',
      on: () => () => undefined,
      call: async (name, input) => {
        asked.push(name);
        if (name === 'draft.save') await saved;
        if (name === 'triage.close') closed.push(input);
        if (name === 'compose.send') sent.push(input);
        return {
          ok: true,
          value: name === 'compose.send' ? { operation_id: uuid(9), held_ms: 0 } : {},
        };
      },
    }),
    (work) => {
      work();
    },
  );
  stores.session.state.setState({
    session: {
      state: 'signed-in',
      account: { id: uuid(2), name: 'Maya Ruiz', email: 'maya@staffdesk.test' },
    } as never,
  });
  stores.macros.state.setState({
    macros: [
      { id: uuid(3), name: 'Shipped', text: 'Order {{order.number}} has left.', actions: {} },
    ],
  });
  stores.thread.state.setState({
    ticketId: ticket.id,
    thread: { ticket, messages: [], drafts: [] } as never,
  });
  return { stores, sent, asked, closed };
}

test('a ticket that is closed right after a send is closed behind the message, however slow that is', async () => {
  let save: () => void = () => undefined;
  const { stores, asked } = window(
    new Promise((done) => {
      save = done;
    }),
  );
  stores.composer.type(ticket.id, 'reply', 'It is on its way.');
  const saving = stores.composer.flush();
  const sending = stores.sending.send();
  const closing = stores.thread.close();
  await new Promise((done) => {
    setImmediate(done);
  });
  expect(asked.filter((name) => /send|close/.test(name))).toEqual([]);
  save();
  await Promise.all([saving, sending, closing]);
  expect(asked.filter((name) => /send|close/.test(name))).toEqual(['compose.send', 'triage.close']);
});

test.each(['its key', 'a picker'])(
  'a close by %s is judged by what was seen of that ticket, though the next one is open by then',
  async (how) => {
    const { stores, closed } = window();
    const seen = (n: number) =>
      ({ ticket, messages: [{ id: uuid(n), delivery: null }], drafts: [] }) as never;
    stores.thread.state.setState({ thread: seen(5) });
    const closing =
      how === 'its key'
        ? stores.thread.close()
        : stores.actions.apply([ticket.id], { change: { status: 'closed' } });
    stores.thread.state.setState({ ticketId: uuid(4), thread: seen(6) });
    await closing;
    expect(closed).toMatchObject([{ ticket_id: ticket.id, seen: uuid(5) }]);
  },
);

test.each([
  '{{customer.email}}',
  'Use {{ user.name }} in your template, and {{a.b|c}}',
  '{{',
  '}} {{x}}',
])('%s typed by hand is sent as it is written', async (text) => {
  const { stores, sent } = window();
  stores.composer.type(ticket.id, 'reply', text);
  expect(await stores.sending.send()).toBe(true);
  expect(sent).toMatchObject([{ kind: 'reply', text }]);
  expect(stores.toasts.state.getState().toasts.flatMap(({ actions }) => actions)).toEqual([]);
});

test('a variable that a macro left without a value stops the send, and one press sends it as it is written', async () => {
  const { stores, sent } = window();
  const text = 'Order {{order.number}} has left.';
  stores.composer.type(ticket.id, 'reply', text);
  expect(await stores.sending.send()).toBe(false);
  expect(sent).toEqual([]);
  const [toast] = stores.toasts.state.getState().toasts;
  expect(toast?.actions.map(({ label }) => label)).toEqual(['Send as it is']);
  toast?.actions[0]?.run();
  await vi.waitFor(() => {
    expect(sent).toMatchObject([{ kind: 'reply', text }]);
  });
});
