import type { TicketFilter } from '../../../../contract/bridge.ts';
import {
  ticketCategories,
  ticketPriorities,
  ticketStatuses,
  type StaffMember,
} from '../../../../contract/wire/entities.ts';
import { texts } from '../../../texts.ts';
import type { MenuItem } from '../../../kit/menu.tsx';

interface Known {
  filter: TicketFilter;
  members: readonly StaffMember[];
  tags: readonly { tag: string; count: number }[];
  me: string | null;
  onChange: (filter: TicketFilter) => void;
}

/** Rarer ones are found by searching. */
const tagsShown = 12;

/** All that a list can be narrowed to. */
export function filterItems(known: Known): MenuItem[] {
  const { filter, tags, onChange } = known;
  const tagsInUse = tags.slice(0, tagsShown).map(({ tag }) => tag);
  return [
    item('unread', texts.list.unread, filter.unread ?? false, () => {
      onChange(filter.unread ? without(filter, 'unread') : { ...filter, unread: true });
    }),
    ...headed(texts.priorityLabel, choices('priority', ticketPriorities.toReversed(), known)),
    ...headed(texts.statusLabel, choices('status', ticketStatuses, known)),
    ...headed(texts.categoryLabel, choices('category', ticketCategories, known)),
    ...headed(texts.assigneeLabel, assignees(known)),
    ...headed(
      texts.tagsLabel,
      choices('tag', [...new Set([...tagsInUse, ...(filter.tag ?? [])])], known),
    ),
  ];
}

function choices(
  field: 'status' | 'priority' | 'category' | 'tag',
  values: readonly string[],
  { filter, onChange }: Known,
): MenuItem[] {
  return values.map((value) => {
    const label = field === 'tag' ? value : (texts[field][value] ?? value);
    const isOn = filter[field]?.includes(value) ?? false;
    return item(`${field} ${value}`, label, isOn, () => {
      onChange(withList(filter, field, toggled(filter[field] ?? [], value)));
    });
  });
}

/** Nobody, the agent, and the colleagues by name. */
function assignees({ filter, members, me, onChange }: Known): MenuItem[] {
  const people = members
    .filter((member) => member.is_active)
    .toSorted((a, b) => Number(b.id === me) - Number(a.id === me) || a.name.localeCompare(b.name));
  return [{ id: null, name: texts.nobody }, ...people].map(({ id, name }) =>
    item(`assignee ${id}`, name, filter.assignee?.includes(id) ?? false, () => {
      onChange(withList(filter, 'assignee', toggled(filter.assignee ?? [], id)));
    }),
  );
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

function item(id: string, label: string, checked: boolean, run: () => void): MenuItem {
  return { id, label, checked, run };
}

function headed(heading: string, items: MenuItem[]): MenuItem[] {
  return items.map((one, i) => (i === 0 ? { ...one, heading } : one));
}

function toggled<T>(values: readonly T[], value: T): T[] {
  return values.includes(value) ? values.filter((one) => one !== value) : [...values, value];
}

/** A field without values narrows nothing and is left out. */
function withList(
  filter: TicketFilter,
  field: Exclude<keyof TicketFilter, 'unread'>,
  values: readonly (string | null)[],
): TicketFilter {
  return values.length === 0 ? without(filter, field) : { ...filter, [field]: values };
}

export function without(filter: TicketFilter, field: keyof TicketFilter): TicketFilter {
  const rest = { ...filter };
  delete rest[field];
  return rest;
}
