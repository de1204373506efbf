import { useEffect } from 'react';
import type { TicketFieldChange, TicketRow } from '../../../../contract/bridge.ts';
import {
  ticketCategories,
  ticketPriorities,
  ticketStatuses,
  type StaffMember,
} from '../../../../contract/wire/entities.ts';
import { assertNever } from '../../../../core/assert-never.ts';
import { fuzzyRank } from '../../../../core/fuzzy.ts';
import { hasTag, tagKey, tagsTyped } from '../../../../core/tags.ts';
import { useStoreOf, usePart } from '../../../stores-context.tsx';
import type { Picker } from '../../../panels.ts';
import { texts } from '../../../texts.ts';
import { useNow } from '../../../kit/use-now.ts';
import type { Choice } from './choice.ts';
import { snoozeChoices } from './snooze-choices.ts';

/** A picker's choices for the typed text; Enter picks the first one. */
export function useChoices(picker: Picker, targets: readonly string[], query: string): Choice[] {
  const ticket = useOnlyTarget(targets);
  const members = useStoreOf(
    (s) => s.staff,
    (state) => state.members,
  );
  const me = useStoreOf(
    (s) => s.session,
    (state) => state.session?.account?.id ?? null,
  );
  const inUse = useTagsInUse(picker);
  const now = useServerTime();
  return choicesOf(picker, query, { ticket, members, me, inUse, now });
}

/** The ticket that is changed, where it is one and the window has it. */
export function useOnlyTarget([only, ...others]: readonly string[]): TicketRow | null {
  const isIt = ({ id }: { id: string }): boolean => id === only && others.length === 0;
  const open = useStoreOf(
    (s) => s.thread,
    ({ thread }) => (thread && isIt(thread.ticket) ? thread.ticket : null),
  );
  const listed = useStoreOf(
    (s) => s.inbox,
    ({ rows }) => rows.find(isIt) ?? null,
  );
  const found = useStoreOf(
    (s) => s.search,
    ({ hits }) => hits.find(({ row }) => isIt(row))?.row ?? null,
  );
  return open ?? listed ?? found;
}

function useTagsInUse(picker: Picker): readonly string[] {
  const tags = usePart((s) => s.tags);
  const inUse = useStoreOf(
    (s) => s.tags,
    (state) => state.tags,
  );
  useEffect(() => {
    if (picker === 'tags') tags.refresh();
  }, [picker, tags]);
  return inUse.map(({ tag }) => tag);
}

/** The server decides when a snooze ends, so it is its time that they are counted from. */
function useServerTime(): number {
  const ahead = useStoreOf(
    (s) => s.session,
    (state) => state.sync?.clock_ahead_ms ?? 0,
  );
  return useNow() - ahead;
}

/** Facts that the choices are made of. */
interface Known {
  ticket: TicketRow | null;
  members: readonly StaffMember[];
  me: string | null;
  inUse: readonly string[];
  now: number;
}

function choicesOf(picker: Picker, query: string, known: Known): Choice[] {
  const { ticket, members, me, inUse, now } = known;
  const ranked = (choices: Choice[]): Choice[] =>
    fuzzyRank(query, choices, (choice) => choice.label).map(({ item, at }) => ({ ...item, at }));
  switch (picker) {
    case 'assignee':
      return ranked(assignees(members, me, ticket));
    case 'priority':
      return ranked(fieldChoices(ticketPriorities, 'priority', ticket));
    case 'status':
      return ranked(fieldChoices(ticketStatuses, 'status', ticket));
    case 'category':
      return ranked(fieldChoices(ticketCategories, 'category', ticket));
    case 'tags':
      return tagChoices(ranked, ticket?.tags ?? [], inUse, query);
    case 'snooze':
      return snoozeChoices(query, now, ticket?.snooze?.state === 'asleep');
    default:
      return assertNever(picker);
  }
}

function fieldChoices(
  values: readonly string[],
  field: 'priority' | 'status' | 'category',
  ticket: TicketRow | null,
): Choice[] {
  return values.map((value) => ({
    id: value,
    label: texts[field][value] ?? value,
    hint: currentMark(ticket?.[field] === value),
    change: { [field]: value },
  }));
}

const currentMark = (current: boolean): string => (current ? texts.pickers.current : '');

function assignees(
  members: readonly StaffMember[],
  me: string | null,
  ticket: TicketRow | null,
): Choice[] {
  const mine = members.filter((member) => member.id === me);
  const others = members.filter((member) => member.id !== me && member.is_active);
  return [
    ...mine.map((member) => ({
      id: member.id,
      label: texts.pickers.me(member.name),
      hint: currentMark(ticket?.assignee_id === member.id),
      change: { assignee_id: member.id },
    })),
    {
      id: 'nobody',
      label: texts.nobody,
      hint: currentMark(ticket !== null && ticket.assignee_id === null),
      change: { assignee_id: null },
    },
    ...others.map((member) => ({
      id: member.id,
      label: member.name,
      hint: currentMark(ticket?.assignee_id === member.id),
      change: { assignee_id: member.id },
    })),
  ];
}

/**
 * The ticket's own tags, to take off; all others in use, as `inUse` orders them; and what is typed,
 * as a new one.
 */
function tagChoices(
  ranked: (choices: Choice[]) => Choice[],
  own: readonly string[],
  inUse: readonly string[],
  query: string,
): Choice[] {
  const common = inUse.filter((tag) => !hasTag(own, tag));
  const add = (tag: string): TicketFieldChange => ({ tags: { add: [tag], remove: [] } });
  const known = ranked([
    ...own.map((tag): Choice => ({
      id: `- ${tag}`,
      label: tag,
      hint: texts.pickers.remove,
      change: { tags: { add: [], remove: [tag] } },
    })),
    ...common.map((tag): Choice => ({ id: tag, label: tag, change: add(tag) })),
  ]);
  const typed = tagsTyped(query, inUse).filter((tag) => !hasTag(own, tag));
  const [only = ''] = typed;
  if (typed.length === 0 || (typed.length === 1 && hasTag(common, only))) return known;
  const name = typed.join(', ');
  const fresh: Choice = {
    id: `+ ${name}`,
    label: typed.length === 1 ? texts.pickers.newTag(name) : texts.pickers.addTags(name),
    change: { tags: { add: typed, remove: [] } },
  };
  // A beginning of a known tag means that one; anything else is more likely new.
  return typed.length === 1 && known.some(({ label }) => tagKey(label).startsWith(tagKey(only)))
    ? [...known, fresh]
    : [fresh, ...known];
}
