import type { TicketFieldChange } from '../../contract/bridge.ts';
import {
  ticketCategories,
  ticketPriorities,
  ticketStatuses,
} from '../../contract/wire/entities.ts';
import { fits, nearlyFits } from '../../core/completion.ts';
import { parseWhen, snoozePresets } from '../../core/snooze-words.ts';
import { tagsTyped } from '../../core/tags.ts';
import type { Outbox } from '../areas/outbox/outbox-store.ts';
import type { TypedItem } from '../areas/palette/palette-store.ts';
import type { Session } from '../areas/session/session-store.ts';
import type { Staff } from '../areas/tickets/staff.ts';
import type { Tags } from '../areas/tickets/tags.ts';
import type { Actions } from '../areas/triage/actions.ts';
import type { Selection } from '../areas/triage/selection.ts';
import type { Picker } from '../panels.ts';
import { texts } from '../texts.ts';
import { fullTime } from '../kit/format.ts';
import type { CommandId } from './command.ts';
import { hasTarget, type Allowed } from './open-ticket.ts';

interface ChoiceParts {
  staff: Staff;
  session: Session;
  tags: Tags;
}

interface StepParts extends ChoiceParts {
  outbox: Outbox;
  actions: Actions;
  selection: Selection;
  allowed: Allowed;
}

/**
 * A command that asks for a choice, typed together with it: 'assign jonas', 'priority high',
 * 'snooze fri'.
 */
interface Step {
  command: CommandId;
  picker: Picker;
  ability: 'assignment' | 'changes' | null;
  choices: (parts: ChoiceParts, typed: string, now: number) => Choice[];
}
interface Choice {
  label: string;
  change: TicketFieldChange;
}

const steps: readonly Step[] = [
  { command: 'assign', picker: 'assignee', ability: 'assignment', choices: people },
  {
    command: 'priority',
    picker: 'priority',
    ability: 'changes',
    choices: () =>
      ticketPriorities.map((priority) => ({
        label: texts.priority[priority] ?? priority,
        change: { priority },
      })),
  },
  {
    command: 'status',
    picker: 'status',
    ability: 'changes',
    choices: () =>
      ticketStatuses.map((status) => ({
        label: texts.status[status] ?? status,
        change: { status },
      })),
  },
  {
    command: 'category',
    picker: 'category',
    ability: 'changes',
    choices: () =>
      ticketCategories.map((category) => ({
        label: texts.category[category] ?? category,
        change: { category },
      })),
  },
  { command: 'snooze', picker: 'snooze', ability: null, choices: times },
  { command: 'tag', picker: 'tags', ability: 'changes', choices: tagsOf },
];

/** Words between a command and its choice. */
const between = /^(?:(?:to|as|on|for|until|till|an|auf|bis|als|zu) )+/iu;
const most = 6;

/** Offers a command that is typed with its choice, in either order: German puts the verb last. */
export function paletteSteps(parts: StepParts, query: string, now: number): TypedItem[] {
  const { outbox, actions, selection } = parts;
  const words = query.trim().split(/\s+/);
  if (words.length < 2 || outbox.state.getState().shown || !hasTarget(actions, selection))
    return [];
  return steps
    .flatMap((step) => stepItems(parts, step, words, now))
    .toSorted((a, b) => Number(a.isNear) - Number(b.isNear))
    .slice(0, most);
}

function stepItems(
  parts: StepParts,
  step: Step,
  words: readonly string[],
  now: number,
): TypedItem[] {
  const { actions, allowed } = parts;
  const { command, picker, ability } = step;
  const title = texts.pickers.titles[picker];
  const items = readings(words, [
    texts.commands[command],
    title,
    ...(texts.synonyms[command] ?? '').split(','),
  ]).flatMap(({ choice, isNear }) =>
    step.choices(parts, choice, now).flatMap((one) => {
      const isExact = fits(choice, one.label) || picker === 'snooze' || picker === 'tags';
      return isExact || nearlyFits(choice, one.label)
        ? [{ ...one, isNear: isNear || !isExact }]
        : [];
    }),
  );
  const known = new Set<string>();
  return items
    .filter(({ label }) => !known.has(label) && known.add(label))
    .map(({ label, change, isNear }): TypedItem => ({
      id: `step ${command} ${label}`,
      group: 'commands',
      label: `${title}: ${label}`,
      isNear,
      run: () => {
        if (ability === null || allowed(ability)) void actions.apply(actions.targets(), { change });
      },
    }));
}

/**
 * Each way to read some of the words as the command, from the longest on, and the others as what it
 * is to choose.
 */
function readings(
  words: readonly string[],
  names: readonly string[],
): { choice: string; isNear: boolean }[] {
  const lengths = Array.from({ length: words.length - 1 }, (_, i) => words.length - 1 - i);
  return lengths
    .flatMap((n) => [
      [words.slice(0, n), words.slice(n)],
      [words.slice(-n), words.slice(0, -n)],
    ])
    .flatMap(([head = [], rest = []]) => {
      const named = head.join(' ');
      // A beginning that is too short could be of anything.
      if (!head.some((word) => word.length > 2) || !nearlyFits(named, ...names)) return [];
      return [{ choice: rest.join(' ').replace(between, ''), isNear: !fits(named, ...names) }];
    });
}

function people({ staff, session }: ChoiceParts): Choice[] {
  const me = session.state.getState().session?.account?.id;
  const members = staff.state.getState().members.filter((member) => member.is_active);
  return [
    ...members.map(({ id, name }) => ({
      label: id === me ? texts.pickers.me(name) : name,
      change: { assignee_id: id },
    })),
    { label: texts.nobody, change: { assignee_id: null } },
  ];
}

function times(_parts: ChoiceParts, typed: string, now: number): Choice[] {
  const until = (at: number): TicketFieldChange => ({ snoozed_until: new Date(at).toISOString() });
  const at = parseWhen(typed, now);
  if (at !== null) return [{ label: fullTime(at), change: until(at) }];
  return snoozePresets(now)
    .map((preset) => ({ label: texts.snooze.presets[preset.id], change: until(preset.at) }))
    .filter(({ label }) => nearlyFits(typed, label));
}

function tagsOf({ tags }: ChoiceParts, typed: string): Choice[] {
  const add = tagsTyped(
    typed,
    tags.state.getState().tags.map(({ tag }) => tag),
  );
  return add.length === 0 ? [] : [{ label: add.join(', '), change: { tags: { add, remove: [] } } }];
}
