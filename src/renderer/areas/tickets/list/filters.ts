import type { TicketFilter } from '../../../../contract/bridge.ts';
import {
  ticketCategories,
  ticketPriorities,
  ticketStatuses,
  type StaffMember,
} from '../../../../contract/wire/entities.ts';
import { texts } from '../../../texts.ts';

/** The filter of a list, which is a view or the results of a search. */
export interface Narrowing {
  filter: TicketFilter;
  onChange: (filter: TicketFilter) => void;
}

interface Known {
  filter: TicketFilter;
  members: readonly StaffMember[];
  tags: readonly { tag: string; count: number }[];
  me: string | null;
}

/** A field of tickets that a list can be narrowed by. */
export interface FilterField {
  id: keyof TicketFilter;
  label: string;
  /** None where the field is itself on or off. */
  values: FilterValue[];
}

interface FilterValue {
  id: string;
  label: string;
  isOn: boolean;
  /** The filter with this value on, or off where it is on. */
  toggled: TicketFilter;
}

/** All that a list can be narrowed by. */
export function filterFields(known: Known): FilterField[] {
  const { filter, tags } = known;
  const inUse = [...new Set([...tags.map(({ tag }) => tag), ...(filter.tag ?? [])])];
  return [
    { id: 'unread', label: texts.list.unread, values: [] },
    fieldOf('priority', texts.priorityLabel, ticketPriorities.toReversed(), filter),
    fieldOf('status', texts.statusLabel, ticketStatuses, filter),
    fieldOf('assignee', texts.assigneeLabel, peopleOf(known), filter),
    fieldOf('tag', texts.tagsLabel, inUse, filter),
    fieldOf('category', texts.categoryLabel, ticketCategories, filter),
  ];
}

export function toggledUnread(filter: TicketFilter): TicketFilter {
  return filter.unread ? without(filter, 'unread') : { ...filter, unread: true };
}

type Listed = Exclude<keyof TicketFilter, 'unread'>;
type Named = { id: string | null; label: string };

function fieldOf(
  field: Listed,
  label: string,
  values: readonly (string | Named)[],
  filter: TicketFilter,
): FilterField {
  const on: readonly (string | null)[] = filter[field] ?? [];
  return {
    id: field,
    label,
    values: values.map((value) => {
      const named = typeof value === 'string' ? { id: value, label: nameOf(field, value) } : value;
      return {
        id: `${field} ${named.id}`,
        label: named.label,
        isOn: on.includes(named.id),
        toggled: withList(filter, field, toggled(on, named.id)),
      };
    }),
  };
}

const nameOf = (field: Listed, value: string): string =>
  field === 'tag' || field === 'assignee' ? value : (texts[field][value] ?? value);

/** Nobody, the agent, and the colleagues by name. */
function peopleOf({ members, me }: Known): Named[] {
  const people = members
    .filter((member) => member.is_active)
    .toSorted((a, b) => Number(b.id === me) - Number(a.id === me) || a.name.localeCompare(b.name));
  return [
    { id: null, label: texts.nobody },
    ...people.map(({ id, name }) => ({ id, label: name })),
  ];
}

/** One chip a field. */
export function chipsOf(
  filter: TicketFilter,
  members: readonly StaffMember[],
): { field: keyof TicketFilter; text: string }[] {
  const name = (id: string | null): string =>
    id === null
      ? texts.nobody
      : (members.find((member) => member.id === id)?.name ?? texts.colleague);
  const chip = (
    field: keyof TicketFilter,
    label: string,
    values: readonly string[] | undefined,
  ): { field: keyof TicketFilter; text: string }[] =>
    values ? [{ field, text: texts.list.chip(label, values.join(', ')) }] : [];
  return [
    ...(filter.unread ? [{ field: 'unread' as const, text: texts.list.unread }] : []),
    ...chip(
      'priority',
      texts.priorityLabel,
      filter.priority?.map((value) => texts.priority[value] ?? value),
    ),
    ...chip(
      'status',
      texts.statusLabel,
      filter.status?.map((value) => texts.status[value] ?? value),
    ),
    ...chip(
      'category',
      texts.categoryLabel,
      filter.category?.map((value) => texts.category[value] ?? value),
    ),
    ...chip('assignee', texts.assigneeLabel, filter.assignee?.map(name)),
    ...chip('tag', texts.tagsLabel, filter.tag),
  ];
}

function toggled<T>(values: readonly T[], value: T): T[] {
  return values.includes(value) ? values.filter((one) => one !== value) : [...values, value];
}

/** A field without values narrows nothing and is left out. */
function withList(
  filter: TicketFilter,
  field: Listed,
  values: readonly (string | null)[],
): TicketFilter {
  return values.length === 0 ? without(filter, field) : { ...filter, [field]: values };
}

export function without(filter: TicketFilter, field: keyof TicketFilter): TicketFilter {
  const rest = { ...filter };
  delete rest[field];
  return rest;
}
