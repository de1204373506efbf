import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createDesk } from '../../../src/renderer/bridge/client.ts';
import type { Command } from '../../../src/renderer/keys/command.ts';
import { commandGroups } from '../../../src/renderer/keys/command-groups.ts';
import {
  canBeShortcut,
  clashOf,
  keyFor,
  keyName,
  shortcutsOf,
  withKey,
} from '../../../src/renderer/keys/keys.ts';
import { composeWindow, type Composed } from '../../../src/renderer/composition.ts';
import type { PaletteItem } from '../../../src/renderer/areas/palette/palette-rank.ts';
import { de } from '../../../src/renderer/catalogues/de.ts';
import { en } from '../../../src/renderer/catalogues/en.ts';
import { texts } from '../../../src/renderer/texts.ts';
import { quietWindow } from '../../helpers/quiet-window.ts';

const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const settings = {
  undo_seconds: 10,
  held_at_quit: 'send',
  theme: 'system',
  density: 'comfortable',
  language: 'system',
  shortcuts: {},
};
const { commands } = quietWindow();
const byId = (id: string, made: readonly Command[] = commands) =>
  made.find((command) => command.id === id)!;

const commandAt = (made: Composed, key: string) =>
  made.commands.find(
    (command) =>
      keyFor(command, shortcutsOf(made.settings)) === key && (command.available?.() ?? true),
  ) ?? null;

let calls: { name: string; input: unknown }[];
function stores(own: Record<string, string | null> = {}): Composed {
  calls = [];
  const made = composeWindow(
    createDesk({
      shell: 'electron',
      call: async (name, input) => {
        calls.push({ name, input });
        return {
          ok: true,
          value: name.startsWith('triage.')
            ? { operation_id: uuid(9) }
            : name === 'settings.set'
              ? { ...settings, ...(input as object) }
              : {},
        };
      },
      on: () => () => undefined,
    }),
    (work) => {
      work();
    },
  );
  made.settings.state.setState({ settings: { ...settings, shortcuts: own } as never });
  made.thread.state.setState({ ticketId: uuid(1) });
  return made;
}
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the registry of commands', () => {
  test('gives no key to two commands, and each a label and a place', () => {
    const keys = commands.flatMap((command) => (command.key === null ? [] : [command.key]));
    expect(keys.toSorted()).toEqual([...new Set(keys)].toSorted());
    expect(commands.map((command) => command.id).toSorted()).toEqual(
      Object.keys(texts.commands).toSorted(),
    );
    for (const command of commands) {
      expect(texts.commands[command.id], command.id).not.toBe('');
      expect(commandGroups, command.id).toContain(command.group);
    }
    // Keys of lists and text fields that commands come with; no other command can be given them.
    expect(keys.filter((key) => !canBeShortcut(key)).toSorted()).toEqual([
      'Enter',
      'Escape',
      'Mod+A',
      'Mod+Enter',
      'Mod+Shift+Enter',
    ]);
  });

  test('names keys as this platform prints them', () => {
    expect(
      ['Mod+K', 'Shift+S', 'ArrowDown', '+', 'Mod++', '?'].map((key) => keyName(key, false)),
    ).toEqual(['Ctrl+K', 'Shift+S', '↓', '+', 'Ctrl++', '?']);
    expect(['Mod+K', 'Shift+S', 'Mod+Enter'].map((key) => keyName(key, true))).toEqual([
      '⌘K',
      '⇧S',
      '⌘↵',
    ]);
  });
});

describe("the agent's own keys", () => {
  test('take the place of the ones that commands come with, and one that equals it is none of their own', () => {
    const made = stores({ assign: 'Q', snooze: null });
    expect(commandAt(made, 'Q')?.id).toBe('assign');
    expect(commandAt(made, 'A')).toBeNull();
    expect(commandAt(made, 'S')).toBeNull();
    expect(withKey({ assign: 'Q' }, byId('assign'), 'A')).toEqual({});
    expect(withKey({}, byId('assign'), 'Q')).toEqual({ assign: 'Q' });
    expect(withKey({}, byId('assign'), null)).toEqual({ assign: null });
  });

  test('clash by name, also with a key that was freed or moved', () => {
    expect(clashOf(commands, 'J', byId('assign'), {})?.id).toBe('next');
    expect(clashOf(commands, 'A', byId('snooze'), { assign: 'Q' })).toBeNull();
    expect(clashOf(commands, 'Q', byId('snooze'), { assign: 'Q' })?.id).toBe('assign');
    expect(clashOf(commands, 'A', byId('assign'), {})).toBeNull();
  });

  test('are never one that the window, a text field or a card that waits for the agent needs', () => {
    for (const key of [
      'Escape',
      'Tab',
      'Shift+Tab',
      'Enter',
      'ArrowDown',
      'Mod+C',
      'Mod+V',
      'Mod+Z',
      'Mod+Enter',
      'F5',
      'Space',
      'Backspace',
      'G',
      'M',
      'T',
      'W',
      'C',
      '1',
    ])
      expect(canBeShortcut(key), key).toBe(false);
    for (const key of ['Q', 'Shift+W', 'Mod+J', ';', '0', 'ü', 'Ж'])
      expect(canBeShortcut(key), key).toBe(true);
  });
});

describe('a command', () => {
  test('of the ticket opens its picker for the ticket that is open, and none without one', () => {
    const made = stores();
    commandAt(made, 'P')?.run();
    expect(made.panels.state.getState().panel).toEqual({
      kind: 'picker',
      picker: 'priority',
      targets: [uuid(1)],
    });
    made.thread.state.setState({ ticketId: null });
    expect(commandAt(made, 'P')).toBeNull();
    // Nothing to take out of its sleep.
    expect(commandAt(made, 'Shift+S')).toBeNull();
  });

  test('that the server cannot serve says why and opens nothing', () => {
    const made = stores();
    made.session.state.setState({
      sync: { abilities: { changes: false, assignment: false, notes: false } } as never,
    });
    for (const id of ['priority', 'tag', 'status', 'category', 'assign', 'note'] as const)
      byId(id, made.commands).run();
    expect(made.panels.state.getState().panel).toBeNull();
    expect(made.toasts.state.getState().toasts.map((toast) => toast.title)).toEqual([
      texts.cannot.changes,
      texts.cannot.assignment,
      texts.cannot.notes,
    ]);
    // A server without snoozes leaves them to the desk.
    byId('snooze', made.commands).run();
    expect(made.panels.state.getState().panel).toMatchObject({ picker: 'snooze' });
  });
});

describe('a decision', () => {
  test('is made of every ticket that was meant, each can be taken back, and closing is closing', async () => {
    const made = stores();
    await made.actions.apply([uuid(1), uuid(2)], { change: { priority: 'high' } });
    await made.actions.apply([uuid(2)], { change: { status: 'closed' } });
    await made.actions.apply([uuid(1)], {
      change: { snoozed_until: '2999-12-31T00:00:00.000Z' },
      throughReplies: true,
    });
    const asked = calls.filter(({ name }) => name.startsWith('triage.'));
    expect(new Set(asked.map(({ input }) => (input as { attempt?: string }).attempt)).size).toBe(4);
    expect(
      asked.map(({ name, input }) => ({
        name,
        input: { ...(input as object), attempt: undefined },
      })),
    ).toEqual([
      { name: 'triage.change', input: { ticket_id: uuid(1), change: { priority: 'high' } } },
      { name: 'triage.change', input: { ticket_id: uuid(2), change: { priority: 'high' } } },
      { name: 'triage.close', input: { ticket_id: uuid(2) } },
      {
        name: 'triage.change',
        input: {
          ticket_id: uuid(1),
          change: { snoozed_until: '2999-12-31T00:00:00.000Z' },
          through_replies: true,
        },
      },
    ]);
    expect(made.undo.state.getState().entries.map((entry) => entry.title)).toEqual([
      'Set to High priority',
      'Set to High priority',
      'Ticket closed',
      'Snoozed until the customer replies',
    ]);
  });
});

describe('the palette', () => {
  test.each([
    ['logout', 'signOut'],
    ['log out', 'signOut'],
    ['resolve', 'close'],
    ['dark mode', 'themeDark'],
    ['DARK', 'themeDark'],
    ['preferences', 'settings'],
    ['label', 'tag'],
    ['hotkeys', 'help'],
  ])('finds by %s the command %s first', (query, id) => {
    const { palette } = stores();
    palette.register({
      kind: 'list',
      items: () =>
        commands.map((command) => ({
          ...item(command.id, texts.commands[command.id]),
          also: texts.synonyms[command.id] ?? '',
        })),
    });
    palette.open();
    palette.type(query);
    expect(palette.state.getState().sections[0]?.entries[0]?.id).toBe(id);
  });

  test('has synonyms for commands only', () => {
    for (const synonyms of [en.synonyms, de.synonyms])
      expect(
        Object.keys(synonyms).filter((id) => !commands.some((command) => command.id === id)),
      ).toEqual([]);
  });

  test('puts a customer before a macro, and beginnings of words before scattered letters', async () => {
    const { palette } = stores();
    palette.register({
      kind: 'list',
      items: () => [
        item('m', 'Dana letter', 'macros'),
        item('c', 'Do a new assignment'),
        item('v', 'Go to Drafts and archive', 'views'),
      ],
    });
    palette.register({
      kind: 'ask',
      items: async () =>
        Promise.resolve([
          item('who', 'Dána Okafor', 'customers'),
          item('t', 'Anything', 'tickets'),
        ]),
    });
    palette.open();
    palette.type('dana');
    await vi.waitFor(() => {
      expect(palette.state.getState().asking).toBe(false);
    });
    expect(
      palette.state
        .getState()
        .sections.map(({ group }) => group)
        .slice(0, 3),
    ).toEqual(['customers', 'macros', 'tickets']);
  });

  const item = (
    id: string,
    label: string,
    group: PaletteItem['group'] = 'commands',
  ): PaletteItem => ({ id, group, label, run: () => undefined });

  test('finds by letters, shows what was run lately first, and the group of the best match before the others', () => {
    const { palette } = stores();
    palette.register({
      kind: 'list',
      items: () => [
        item('a', 'Assign to me'),
        item('b', 'Snooze'),
        item('c', 'Go to Snoozed', 'views'),
        item('d', 'Mind the gap', 'views'),
      ],
    });
    palette.open();
    const shown = () =>
      palette.state
        .getState()
        .sections.map(({ group, entries }) => [group, ...entries.map((entry) => entry.id)]);
    expect(shown()).toEqual([
      ['commands', 'a', 'b'],
      ['views', 'c', 'd'],
    ]);
    palette.type('min');
    expect(shown()).toEqual([['views', 'd']]);
    palette.ran(item('b', 'Snooze'));
    palette.ran(item('found', 'A ticket'));
    expect(calls.filter(({ name }) => name === 'settings.set')).toEqual([
      { name: 'settings.set', input: { recent_commands: ['b'] } },
    ]);
    palette.open();
    expect(shown()).toEqual([
      ['recent', 'b'],
      ['commands', 'a'],
      ['views', 'c', 'd'],
    ]);
  });

  test('shows what the desk found for the newest query only, and its own lines at once', async () => {
    const { palette } = stores();
    const answers: ((items: PaletteItem[]) => void)[] = [];
    palette.register({ kind: 'list', items: () => [item('a', 'Withdraw')] });
    palette.register({
      kind: 'ask',
      items: () =>
        new Promise((done) => {
          answers.push(done);
        }),
    });
    palette.open();
    palette.type('w');
    palette.type('wi');
    expect(palette.state.getState()).toMatchObject({
      asking: true,
      sections: [{ group: 'commands' }],
    });
    answers[0]?.([item('t1', 'With one letter', 'tickets')]);
    await vi.waitFor(
      () => {
        expect(answers).toHaveLength(2);
      },
      { timeout: 120_000 },
    );
    answers[1]?.([item('t2', 'With two', 'tickets')]);
    await vi.waitFor(
      () => {
        expect(palette.state.getState().asking).toBe(false);
      },
      { timeout: 120_000 },
    );
    expect(
      palette.state
        .getState()
        .sections.map(({ group, entries }) => [group, entries.map((entry) => entry.id)]),
    ).toEqual([
      ['commands', ['a']],
      ['tickets', ['t2']],
    ]);
  });
});

test('the key of a command is the one that it comes with until the agent has their own', () => {
  expect(keyFor(byId('palette'), {})).toBe('Mod+K');
  expect(keyFor(byId('palette'), { palette: 'Mod+J' })).toBe('Mod+J');
});
