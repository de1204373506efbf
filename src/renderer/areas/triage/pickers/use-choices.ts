import { useEffect } from 'react';
import type { TicketFieldChange, TicketRow } from '../../../../contract/bridge.ts';
import {
  ticketCategories,
  ticketPriorities,
  ticketStatuses,
  type StaffMember,
} from '../../../../contract/entities.ts';
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
  const ticket = useStoreOf(
    (s) => s.thread,
    (state) =>
      targets.length === 1 && state.thread?.ticket.id === targets[0]
        ? (state.thread?.ticket ?? null)
        : null,
  );
  const members = useStoreOf(
    (s) => s.staff,
    (state) => state.members,
  );
  const me = useStoreOf(
    (s) => s.session,
    (state) => state.session?.account?.id ?? null,
  );
  const tags = usePart((s) => s.tags);
  const inUse = useStoreOf(
    (s) => s.tags,
    (state) => state.tags,
  );
  useEffect(() => {
    if (picker === 'tags') tags.refresh();
  }, [picker, tags]);
  // The server decides when a snooze ends, so it is its time that they are counted from.
  const now =
    useNow() -
    useStoreOf(
      (s) => s.session,
      (state) => state.sync?.clock_ahead_ms ?? 0,
    );
  const ranked = (choices: Choice[]): Choice[] =>
    fuzzyRank(query, choices, (choice) => choice.label).map(({ item, at }) => ({ ...item, at }));
  switch (picker) {
    case 'assignee':
      return ranked(assignees(members, me, ticket));
    case 'priority':
      return ranked(
        ticketPriorities.map((priority) => ({
          id: priority,
          label: texts.priority[priority] ?? priority,
          hint: currentMark(ticket?.priority === priority),
          change: { priority },
        })),
      );
    case 'status':
      return ranked(
        ticketStatuses.map((status) => ({
          id: status,
          label: texts.status[status] ?? status,
          hint: currentMark(ticket?.status === status),
          change: { status },
        })),
      );
    case 'category':
      return ranked(
        ticketCategories.map((category) => ({
          id: category,
          label: texts.category[category] ?? category,
          hint: currentMark(ticket?.category === category),
          change: { category },
        })),
      );
    case 'tags':
      return tagChoices(
        ranked,
        ticket?.tags ?? [],
        inUse.map(({ tag }) => tag),
        query,
      );
    case 'snooze':
      return snoozeChoices(query, now, ticket?.snooze?.state === 'asleep');
    default:
      return assertNever(picker);
  }
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
