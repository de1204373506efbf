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
  member(5, 'Łukasz Żak'),
  member(6, 'Наталья Орлова'),
  member(7, '田中 太郎'),
  member(8, 'سارة حداد'),
];
const customers = [{ id: uuid(50), name: 'Dána Okafor', email: 'dana@customer.test', tickets: 3 }];
const settings = {
  theme: 'system',
  density: 'comfortable',
  language: 'system',
  shortcuts: {},
  saved_views: [
    { id: uuid(70), name: 'Monday', query: { view: 'open', filter: {}, sort: 'newest' } },
  ],
};
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
        // They are set below.
        if (name === 'settings.get') await new Promise(() => undefined);
        return { ok: true, value: answers[name]?.(input as { query: string }) ?? {} };
      },
      on: () => () => undefined,
    }),
    (work) => {
      work();
    },
  );
  const ticket = { id: uuid(100), status: 'open', tags: [], requester: 'Dana' };
  made.thread.state.setState({ ticketId: uuid(100), thread: { ticket } as never });
  made.staff.state.setState({ members });
  made.session.state.setState({
    session: {
      state: 'signed-in',
      account: { id: uuid(1), name: 'Maya Ruiz', email: '1@staffdesk.test' },
    } as never,
    sync: { phase: 'offline', abilities: {} } as never,
  });
  made.settings.state.setState({ settings: settings as never });
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
  ['theme dark', 'themeDark'],
  ['theme light', 'themeLight'],
  ['density compact', 'compact'],
  ['density comfortable', 'comfortable'],
  ['language german', 'step language Deutsch'],
  ['language english', 'step language English'],
  ['langauge german', 'step language Deutsch'],
  ['macro dana', `macro ${uuid(60)}`],
  ['template letter', `macro ${uuid(60)}`],
  ['view urgent', 'goUrgent'],
  ['view monday', `view ${uuid(70)}`],
  ['go to monday', `view ${uuid(70)}`],
  ['tag vip', 'step tag vip'],
  ['tag возврат', 'step tag возврат'],
  ['tag 返金', 'step tag 返金'],
  ['assign łukasz', 'step assign Łukasz Żak'],
  ['assign lukasz', 'step assign Łukasz Żak'],
  ['assign Наталья', 'step assign Наталья Орлова'],
  ['assign 田中', 'step assign 田中 太郎'],
  ['assign سارة', 'step assign سارة حداد'],
  ['status in prog', 'step status In progress'],
  ['snooze weekend', 'step snooze'],
  ['snooze in 3 h', 'step snooze'],
  ['snoze tomorrow', 'step snooze'],
  ['reconnect', 'tryNow'],
  ['canned response', 'insertMacro'],
  ['wider', 'widerList'],
  ['saved view', 'view'],
  ['help', 'help'],
  ['quiet hours', 'settings quiet'],
  ['settings storage', 'settings storage'],
  ['monday', `view ${uuid(70)}`],
  ['sort oldest', 'step sort Oldest'],
  ['save view vip customers', 'step saveView vip customers'],
  ['undo', 'undo'],
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
  ['farben dunkel', 'themeDark'],
  ['design hell', 'themeLight'],
  ['dichte kompakt', 'compact'],
  ['sprache englisch', 'step language English'],
  ['sprache deutsch', 'step language Deutsch'],
  ['makro dana', `macro ${uuid(60)}`],
  ['ansicht dringend', 'goUrgent'],
  ['tag rückgabe', 'step tag rückgabe'],
  ['kategorie abrechnung', 'step category Abrechnung'],
  ['lukasz zuweisen', 'step assign Łukasz Żak'],
  ['zurückstellen freitag', 'step snooze'],
  ['textbaustein', 'insertMacro'],
  ['ruhezeiten', 'settings quiet'],
  ['sortieren älteste', 'step sort Älteste'],
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
  expect(assign?.label).toBe('Assign to Jonas Weber');
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

test('a command that asks for something lists its choices in place of everything, and goes back', async () => {
  openPalette('en');
  const [assign] = await typed('assign to someone');
  expect(assign).toMatchObject({ id: 'assign', choices: expect.anything() });
  if (assign?.choices) made.palette.choose({ label: assign.label, choices: assign.choices });
  const lines = () =>
    made.palette.state.getState().sections.map(({ group, entries }) => ({
      group,
      first: entries[0]?.label,
      count: entries.length,
    }));
  expect(lines()).toEqual([{ group: 'choices', first: 'Maya Ruiz (you)', count: 8 }]);
  expect((await typed('web'))[0]?.label).toBe('Jonas Weber');
  expect((await typed('wbeer'))[0]?.label).toBe('Jonas Weber');
  made.palette.type('');
  expect(made.palette.back()).toBe(true);
  expect(made.palette.state.getState()).toMatchObject({ step: null, query: '' });
  expect(made.palette.back()).toBe(false);
});

test('a time and a new tag are made of what is typed at their step', async () => {
  openPalette('en');
  const at = async (id: string, text: string) => {
    const command = made.commands.find((one) => one.id === id);
    if (command?.choices) made.palette.choose({ label: id, choices: command.choices });
    return (await typed(text)).map(({ label }) => label);
  };
  expect((await at('snooze', 'in 3 h'))[0]).toMatch(/30/);
  expect(await at('tag', 'brand new')).toEqual(['brand-new']);
  expect(await at('view', 'mon')).toEqual(['Monday']);
  expect(await at('theme', '')).toEqual(['Light', 'Dark', 'Match system']);
});

test('what only nearly fits comes after everything that does', async () => {
  openPalette('en');
  for (const text of ['close', 'theme', 'list']) {
    await typed(text);
    const groups = made.palette.state.getState().sections.map(({ group }) => group);
    expect([-1, groups.length - 1], text).toContain(groups.indexOf('similar'));
    expect(groups[0], text).not.toBe('similar');
  }
});

test('a slip is not found where something else is meant', async () => {
  openPalette('en');
  for (const query of ['zzzz', 'withdrawal', 'qqqq']) expect(await typed(query), query).toEqual([]);
});
