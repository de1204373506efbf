import type { TicketFieldChange } from '../../contract/bridge.ts';
import {
  ticketCategories,
  ticketPriorities,
  ticketStatuses,
} from '../../contract/wire/entities.ts';
import { untilReply } from '../../core/snooze.ts';
import { parseWhen, snoozePresets } from '../../core/snooze-words.ts';
import { hasTag, tagsTyped } from '../../core/tags.ts';
import type { Session } from '../areas/session/session-store.ts';
import type { Staff } from '../areas/tickets/staff.ts';
import type { Tags } from '../areas/tickets/tags.ts';
import type { ThreadStore } from '../areas/tickets/thread/thread.ts';
import type { Actions } from '../areas/triage/actions.ts';
import { fullTime, nearTime } from '../kit/format.ts';
import type { Picker } from '../panels.ts';
import { texts } from '../texts.ts';
import type { Choice, Choices } from './command.ts';
import { openTicketOf, type Allowed } from './open-ticket.ts';

interface ChoiceParts {
  staff: Staff;
  session: Session;
  tags: Tags;
  thread: ThreadStore;
  actions: Actions;
  allowed: Allowed;
}

/** The choices of the commands on tickets. */
export type TicketChoices = Record<Picker, Choices>;

/** A choice, and the change that it makes of every ticket that is meant. */
type Change = Omit<Choice, 'run'> & { change: TicketFieldChange };

export function ticketChoices(parts: ChoiceParts): TicketChoices {
  const { actions, allowed } = parts;
  const choosing =
    (needs: 'assignment' | 'changes' | null) =>
    (changes: readonly Change[]): Choice[] =>
      changes.map(({ change, ...choice }) => ({
        ...choice,
        run: () => {
          if (needs === null || allowed(needs)) void actions.apply(actions.targets(), { change });
        },
      }));
  const changing = choosing('changes');
  const snoozing = choosing(null);
  return {
    assignee: { known: () => choosing('assignment')(people(parts)) },
    priority: { known: () => changing(fieldChoices('priority', ticketPriorities)) },
    status: { known: () => changing(fieldChoices('status', ticketStatuses)) },
    category: { known: () => changing(fieldChoices('category', ticketCategories)) },
    snooze: {
      known: () => snoozing(presets(parts)),
      typed: (text) => snoozing(typedTime(text, parts)),
      isSure: true,
    },
    tags: {
      known: () => changing(knownTags(parts)),
      typed: (text) => changing(typedTags(text, parts)),
    },
  };
}

function fieldChoices(
  field: 'priority' | 'status' | 'category',
  values: readonly string[],
): Change[] {
  return values.map((value) => ({
    label: texts[field][value] ?? value,
    change: { [field]: value },
  }));
}

function people({ staff, session }: ChoiceParts): Change[] {
  const me = session.state.getState().session?.account?.id;
  const members = staff.state.getState().members.filter((member) => member.is_active);
  const named = members.map(({ id, name }) => ({
    label: id === me ? texts.pickers.me(name) : name,
    change: { assignee_id: id },
  }));
  return [...named, { label: texts.nobody, change: { assignee_id: null } }];
}

/** The server decides when a snooze ends, so it is its time that they are counted from. */
function serverNow({ session }: ChoiceParts): number {
  return Date.now() - (session.state.getState().sync?.clock_ahead_ms ?? 0);
}

function until(at: number): TicketFieldChange {
  return { snoozed_until: new Date(at).toISOString() };
}

function presets(parts: ChoiceParts): Change[] {
  const now = serverNow(parts);
  return [
    ...snoozePresets(now).map(({ id, at }) => ({
      label: texts.snooze.presets[id],
      hint: nearTime(at, now),
      change: until(at),
    })),
    { label: texts.snooze.untilReplyOption, change: until(untilReply) },
  ];
}

function typedTime(text: string, parts: ChoiceParts): Change[] {
  const at = parseWhen(text, serverNow(parts));
  return at === null ? [] : [{ label: fullTime(at), change: until(at) }];
}

/** The tags in use, to add, and those of the open ticket, to remove. */
function knownTags({ tags, thread }: ChoiceParts): Change[] {
  const own = openTicketOf(thread)?.tags ?? [];
  const others = tags.state.getState().tags.filter(({ tag }) => !hasTag(own, tag));
  return [
    ...others.map(({ tag }) => ({ label: tag, change: { tags: { add: [tag], remove: [] } } })),
    ...own.map((tag) => ({
      label: tag,
      line: texts.removeTag(tag),
      hint: texts.pickers.remove,
      change: { tags: { add: [], remove: [tag] } },
    })),
  ];
}

function typedTags(text: string, { tags, thread }: ChoiceParts): Change[] {
  const own = openTicketOf(thread)?.tags ?? [];
  const inUse = tags.state.getState().tags.map(({ tag }) => tag);
  const add = tagsTyped(text, inUse).filter((tag) => !hasTag(own, tag));
  return add.length === 0 ? [] : [{ label: add.join(', '), change: { tags: { add, remove: [] } } }];
}
