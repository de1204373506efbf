import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { StaffMember } from '../../../../src/contract/wire/entities.ts';
import { createDesk } from '../../../../src/renderer/bridge/client.ts';
import { de } from '../../../../src/renderer/catalogues/de.ts';
import { en } from '../../../../src/renderer/catalogues/en.ts';
import { installSources } from '../../../../src/renderer/areas/palette/palette-sources.ts';
import { composeWindow, type Composed } from '../../../../src/renderer/composition.ts';
import { setCatalogue } from '../../../../src/renderer/texts.ts';

const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const member = (n: number, name: string, isActive = true): StaffMember => ({
  id: uuid(n),
  name,
  email: `${n}@staffdesk.test`,
  role: 'staff',
  is_active: isActive,
});
const members = [
  member(1, 'Maya Ruiz'),
  member(2, 'Jonas Weber'),
  member(3, 'Alex Kim'),
  member(4, 'Jo Former', false),
];
const customers = [{ id: uuid(50), name: 'Dána Okafor', email: 'dana@customer.test', tickets: 3 }];
const monday = Date.UTC(2026, 10, 30, 8);

let calls: { name: string; input: unknown }[];
let made: Composed;
let uninstall: () => void;

function openPalette(language: 'en' | 'de'): void {
  setCatalogue(language === 'de' ? de : en);
  calls = [];
  const answers: Record<string, (input: { query: string }) => unknown> = {
    'search.query': () => ({ hits: [], problems: [], indexing: false, steps: [] }),
    'customers.find': ({ query }) => ({
      customers: customers.filter(({ email }) => email.startsWith(query.toLowerCase())),
    }),
    'triage.change': () => ({ operation_id: uuid(9) }),
  };
  made = composeWindow(
    createDesk({
      shell: 'electron',
      call: async (name, input) => {
        calls.push({ name, input });
        return { ok: true, value: answers[name]?.(input as { query: string }) ?? {} };
      },
      on: () => () => undefined,
    }),
    (work) => {
      work();
    },
  );
  made.thread.state.setState({ ticketId: uuid(100) });
  made.staff.state.setState({ members });
  made.session.state.setState({
    session: {
      state: 'signed-in',
      account: { id: uuid(1), name: 'Maya Ruiz', email: '1@staffdesk.test' },
    } as never,
    sync: { phase: 'offline', abilities: {} } as never,
  });
  made.macros.state.setState({
    macros: [{ id: uuid(60), name: 'Dana letter', text: 'Dear Dana', actions: {} }],
  });
  uninstall = installSources(made.palette, made.paletteSources);
  made.palette.open();
}
beforeEach(() => {
  vi.useFakeTimers({ now: monday });
});
afterEach(() => {
  uninstall();
  setCatalogue(en);
  vi.useRealTimers();
});

async function typed(query: string) {
  made.palette.type(query);
  await vi.waitFor(() => {
    expect(made.palette.state.getState().asking).toBe(false);
  });
  return made.palette.state.getState().sections.flatMap(({ entries }) => entries);
}

const english: [query: string, first: string][] = [
  ['logout', 'signOut'],
  ['log out', 'signOut'],
  ['log off', 'signOut'],
  ['sgin out', 'signOut'],
  ['logotu', 'signOut'],
  ['resolve', 'close'],
  ['resovle', 'close'],
  ['done', 'close'],
  ['clsoe', 'close'],
  ['archive', 'close'],
  ['dark mode', 'themeDark'],
  ['dark', 'themeDark'],
  ['drak mode', 'themeDark'],
  ['night', 'themeDark'],
  ['light mode', 'themeLight'],
  ['preferences', 'settings'],
  ['setings', 'settings'],
  ['prefrences', 'settings'],
  ['settings', 'settings'],
  ['assign jonas', 'step assign Jonas Weber'],
  ['assign to jonas', 'step assign Jonas Weber'],
  ['asign jonas', 'step assign Jonas Weber'],
  ['assign jnoas', 'step assign Jonas Weber'],
  ['ASSIGN WEBER', 'step assign Jonas Weber'],
  ['hand over alex', 'step assign Alex Kim'],
  ['assign nobody', 'step assign Nobody'],
  ['assign maya', 'step assign Maya Ruiz (you)'],
  ['priority high', 'step priority High'],
  ['priority to urgnet', 'step priority Urgent'],
  ['prio low', 'step priority Low'],
  ['status resolved', 'step status Resolved'],
  ['category billing', 'step category Billing'],
  ['snooze tomorrow', 'step snooze'],
  ['snooze until fri', 'step snooze'],
  ['tag refund', 'step tag refund'],
  ['label refund', 'step tag refund'],
  ['assign', 'assign'],
  ['assign to me', 'assignToMe'],
  ['asme', 'assignToMe'],
  ['take', 'assignToMe'],
  ['mark unread', 'markUnread'],
  ['unread', 'markUnread'],
  ['mark as unread', 'markUnread'],
  ['markunraed', 'markUnread'],
  ['snoze', 'snooze'],
  ['internal ntoe', 'note'],
  ['outbox', 'openOutbox'],
  ['dana', `customer ${uuid(50)}`],
  ['keyboard shrotcuts', 'help'],
  ['go to drafts', 'goDrafts'],
];
const german: [query: string, first: string][] = [
  ['abmelden', 'signOut'],
  ['logout', 'signOut'],
  ['ausloggen', 'signOut'],
  ['abmleden', 'signOut'],
  ['lösen', 'close'],
  ['erledigt', 'close'],
  ['schliessen', 'close'],
  ['schlißeen', 'close'],
  ['dunkelmodus', 'themeDark'],
  ['dunkel', 'themeDark'],
  ['dark mode', 'themeDark'],
  ['hellmodus', 'themeLight'],
  ['einstellungen', 'settings'],
  ['einstelungen', 'settings'],
  ['jonas zuweisen', 'step assign Jonas Weber'],
  ['zuweisen jonas', 'step assign Jonas Weber'],
  ['zuwiesen jonas', 'step assign Jonas Weber'],
  ['zuweisen an alex', 'step assign Alex Kim'],
  ['priorität hoch', 'step priority Hoch'],
  ['prioritaet', 'priority'],
  ['status gelöst', 'step status Gelöst'],
  ['zurückstellen morgen', 'step snooze'],
  ['mir zuweisen', 'assignToMe'],
  ['übernehmen', 'assignToMe'],
  ['ungelesen', 'markUnread'],
  ['als ungelesen', 'markUnread'],
  ['mark unread', 'markUnread'],
  ['postausgang', 'openOutbox'],
  ['dana', `customer ${uuid(50)}`],
];

describe.each([
  ['en', english],
  ['de', german],
] as const)('in %s', (language, table) => {
  test.each(table)('%s finds %s first', async (query, first) => {
    openPalette(language);
    const [entry] = await typed(query);
    expect(entry?.id ?? 'nothing').toMatch(new RegExp(`^${first.replaceAll(/[()]/g, '\\$&')}`));
  });
});

test('a command and its choice are done at once, to the ticket that is open', async () => {
  openPalette('en');
  const [assign] = await typed('assign jonas');
  expect(assign?.label).toBe('Assign: Jonas Weber');
  assign?.run();
  const [snooze] = await typed('snooze tomorrow 9');
  snooze?.run();
  await vi.waitFor(() => {
    expect(calls.filter(({ name }) => name === 'triage.change')).toHaveLength(2);
  });
  expect(calls.filter(({ name }) => name === 'triage.change').map(({ input }) => input)).toEqual([
    { attempt: expect.any(String), ticket_id: uuid(100), change: { assignee_id: uuid(2) } },
    {
      attempt: expect.any(String),
      ticket_id: uuid(100),
      change: { snoozed_until: expect.stringMatching(/^2026-12-01T/) },
    },
  ]);
});

test('a colleague whose account is deactivated is not offered, and nothing without a ticket', async () => {
  openPalette('en');
  expect((await typed('assign former')).map(({ id }) => id)).not.toContain('step assign Jo Former');
  made.thread.state.setState({ ticketId: null });
  expect((await typed('assign jonas')).filter(({ id }) => id.startsWith('step '))).toEqual([]);
});

test('a slip is not found where something else is meant', async () => {
  openPalette('en');
  for (const query of ['zzzz', 'withdrawal', 'qqqq']) expect(await typed(query), query).toEqual([]);
});
