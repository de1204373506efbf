import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PortalCapabilities, WritingApi } from '../../../src/portal/api/api.ts';
import { ApiFailure } from '../../../src/portal/api/failure.ts';
import { createTicketDraft } from '../../../src/portal/stores/new-ticket.ts';
import { loadSettings, serverSettings } from '../../../src/portal/stores/server-settings.ts';
import { createWriter } from '../../../src/portal/stores/writer.ts';

const told: PortalCapabilities = {
  min_message_length: { customer: 12, staff: 1 },
  portal: {
    name: 'Lumen Support',
    phone: '+44 20 7946 0142',
    min_message_length: 12,
    asks_priority: false,
  },
};
const asked = (capabilities: PortalCapabilities | null) =>
  loadSettings({ capabilities: () => Promise.resolve(capabilities) });
const unreachable = () =>
  loadSettings({ capabilities: () => Promise.reject(new ApiFailure({ kind: 'unreachable' })) });

const untold = {
  known: true,
  name: null,
  phone: null,
  asksPriority: true,
  minMessageLength: 5,
};
afterEach(() => {
  serverSettings.setState(serverSettings.getInitialState(), true);
});

describe('the page takes', () => {
  test('what the server tells', async () => {
    await asked(told);
    expect(serverSettings.getState()).toEqual({
      known: true,
      name: 'Lumen Support',
      phone: '+44 20 7946 0142',
      asksPriority: false,
      minMessageLength: 12,
    });
  });

  test('the length alone of a server that is older than its settings', async () => {
    await asked({ min_message_length: { customer: 8, staff: 1 } });
    expect(serverSettings.getState()).toEqual({ ...untold, minMessageLength: 8 });
  });

  test('its own defaults with a server of level 1, and without a response at its start', async () => {
    await asked(null);
    expect(serverSettings.getState()).toEqual(untold);
    serverSettings.setState(serverSettings.getInitialState(), true);
    await unreachable();
    expect(serverSettings.getState()).toEqual(untold);
  });

  test('what it knows already while the server cannot be reached', async () => {
    await asked(told);
    const before = serverSettings.getState();
    await unreachable();
    expect(serverSettings.getState()).toEqual(before);
  });
});

describe('with a minimum of 12 characters and no priority', () => {
  const sent: unknown[] = [];
  const api = {
    takesKeys: () => true,
    write: (_: string, text: string) => Promise.resolve(sent.push(text)),
    tickets: () => Promise.resolve({ rows: [], more: false }),
    open: (ticket: unknown) => Promise.resolve({ id: 'ticket', sent: sent.push(ticket) }),
  } as unknown as WritingApi;
  const slot = () => ({ initial: null, save: () => true });
  beforeEach(async () => {
    sent.length = 0;
    await asked(told);
  });

  test('a message below it is not sent', async () => {
    const writer = createWriter(api, 'ticket', slot);
    writer.type('Eleven char');
    expect([await writer.send(), writer.store.getState().note]).toEqual([false, 'too-short']);
    writer.type('Twelve chars');
    expect([await writer.send(), sent]).toEqual([true, ['Twelve chars']]);
  });

  test('nor is a ticket; and a priority chosen before it was switched off is not sent unseen', async () => {
    const draft = createTicketDraft(api, slot, () => undefined);
    draft.set({ subject: 'Subject', priority: 'urgent', message: 'Eleven char' });
    expect([await draft.send(), [...draft.store.getState().wrong]]).toEqual([null, ['message']]);
    draft.set({ message: 'Twelve chars' });
    expect(await draft.send()).toBe('ticket');
    expect(sent).toMatchObject([{ priority: 'medium', message: 'Twelve chars' }]);
  });
});
