import {
  AlarmClock,
  Check,
  CheckCheck,
  Flame,
  Folder,
  Tag as TagIcon,
  UserPlus,
  CircleDot,
  type LucideIcon,
} from 'lucide-react';
import type { TicketFieldChange } from '../../../contract/bridge.ts';
import {
  ticketCategories,
  ticketPriorities,
  ticketStatuses,
} from '../../../contract/wire/entities.ts';
import { tagsTyped } from '../../../core/tags.ts';
import { useTitle } from '../../keys/key.tsx';
import { useAbility, useStoreOf, usePart } from '../../stores-context.tsx';
import { arePicked, countPicked } from './selection.ts';
import { texts } from '../../texts.ts';
import { formatCount } from '../../kit/format.ts';
import { Menu, type MenuItem } from '../../kit/menu.tsx';
import { NameField } from '../../kit/name-field.tsx';

/**
 * At the foot of the list while tickets are picked: how many, and what can be done to all of them.
 */
export function SelectionBar({ searching }: { searching: boolean }) {
  const bulks = usePart((s) => s.bulks);
  const picked = useStoreOf(
    (s) => s.selection,
    (state) => state,
  );
  const { total, rows } = useStoreOf(
    (s) => s.inbox,
    (state) => state,
  );
  const count = countPicked(picked, total);
  if (count === 0) return null;
  const change = (fields: TicketFieldChange): void => {
    bulks.apply({ kind: 'change', change: fields });
  };
  const isMore = !searching && picked.all === null && total > count && arePicked(rows, picked);
  return (
    <div className="selection" role="toolbar" aria-label={texts.selection.label} data-keep-focus>
      <Head count={count} all={isMore ? total : null} />
      <Actions change={change} />
    </div>
  );
}

/** `all`: the number of tickets that can be picked instead of the loaded ones. */
function Head({ count, all }: { count: number; all: number | null }) {
  const selection = usePart((s) => s.selection);
  return (
    <div className="selection-head">
      <strong aria-live="polite">{texts.selection.selected(formatCount(count))}</strong>
      {all !== null && (
        <button type="button" className="link-btn" onClick={selection.pickAll}>
          {texts.selection.all(formatCount(all))}
        </button>
      )}
      <button
        type="button"
        className="link-btn"
        title={texts.selection.hint}
        onClick={selection.clear}
      >
        {texts.selection.clear} <kbd aria-hidden="true">{texts.escapeKey}</kbd>
      </button>
    </div>
  );
}

type Change = (fields: TicketFieldChange) => void;

function Actions({ change }: { change: Change }) {
  const bulks = usePart((s) => s.bulks);
  const panels = usePart((s) => s.panels);
  const selection = usePart((s) => s.selection);
  const { selection: words } = texts;
  return (
    <div className="selection-actions">
      <ActionButton
        label={words.close}
        title={useTitle(words.close, 'close')}
        icon={Check}
        onClick={() => {
          bulks.apply({ kind: 'close' });
        }}
      />
      <FieldMenus change={change} />
      <TagField change={change} />
      <ActionButton
        label={words.snooze}
        title={useTitle(words.snooze, 'snooze')}
        icon={AlarmClock}
        onClick={() => {
          panels.open({ kind: 'picker', picker: 'snooze', targets: selection.targets() });
        }}
      />
      <ActionButton
        label={words.read}
        title={words.read}
        icon={CheckCheck}
        onClick={() => {
          bulks.apply({ kind: 'read' });
        }}
      />
    </div>
  );
}

function ActionButton({
  label,
  title,
  icon: Icon,
  onClick,
}: {
  label: string;
  title: string;
  icon: LucideIcon;
  onClick: () => void;
}) {
  return (
    <button
      type="button"
      className="pick-action"
      aria-label={label}
      title={title}
      onClick={onClick}
    >
      <Icon size={15} aria-hidden="true" />
      <span>{label}</span>
    </button>
  );
}

/** A menu for each field of a ticket that takes one of a few values. */
function FieldMenus({ change }: { change: Change }) {
  const people = usePeople(change);
  const { statuses, priorities, categories } = useFieldValues(change);
  const { selection: words } = texts;
  const off = useAbility('changes') ? undefined : texts.cannot.changes;
  const unassignable = useAbility('assignment') ? undefined : texts.cannot.assignment;
  const assignTitle = useTitle(words.assign, 'assign');
  const priorityTitle = useTitle(words.priority, 'priority');
  return (
    <>
      <FieldMenu
        label={words.assign}
        title={assignTitle}
        off={unassignable}
        icon={UserPlus}
        items={people}
      />
      <FieldMenu
        label={words.status}
        title={words.status}
        off={off}
        icon={CircleDot}
        items={statuses}
      />
      <FieldMenu
        label={words.priority}
        title={priorityTitle}
        off={off}
        icon={Flame}
        items={priorities}
      />
      <FieldMenu
        label={words.category}
        title={words.category}
        off={off}
        icon={Folder}
        items={categories}
      />
    </>
  );
}

/** `off`: why this server cannot do it, shown in place of the title. */
function FieldMenu({
  label,
  title,
  off,
  icon: Icon,
  items,
}: {
  label: string;
  title: string;
  off: string | undefined;
  icon: LucideIcon;
  items: readonly MenuItem[];
}) {
  return (
    <Menu
      label={label}
      title={off ?? title}
      disabled={off !== undefined}
      className="pick-action"
      side="above"
      items={items}
    >
      <Icon size={15} aria-hidden="true" />
      <span>{label}</span>
    </Menu>
  );
}

/** Active colleagues, the agent first, and nobody. */
function usePeople(change: Change): MenuItem[] {
  const members = useStoreOf(
    (s) => s.staff,
    (state) => state.members,
  );
  const me = useStoreOf(
    (s) => s.session,
    (state) => state.session?.account?.id ?? null,
  );
  const assignTo = (id: string | null) => () => {
    change({ assignee_id: id });
  };
  const people = members
    .filter((member) => member.is_active)
    .toSorted((a, b) => Number(b.id === me) - Number(a.id === me))
    .map(({ id, name }) => ({
      id,
      label: id === me ? `${name} (${texts.selection.me})` : name,
      run: assignTo(id),
    }));
  return [...people, { id: 'nobody', label: texts.nobody, run: assignTo(null) }];
}

function useFieldValues(
  change: Change,
): Record<'statuses' | 'priorities' | 'categories', MenuItem[]> {
  const bulks = usePart((s) => s.bulks);
  const item = (value: string, label: string | undefined, run: () => void): MenuItem => ({
    id: value,
    label: label ?? value,
    run,
  });
  return {
    statuses: ticketStatuses.map((value) =>
      item(value, texts.status[value], () => {
        if (value === 'closed') bulks.apply({ kind: 'close' });
        else change({ status: value });
      }),
    ),
    priorities: ticketPriorities.toReversed().map((value) =>
      item(value, texts.priority[value], () => {
        change({ priority: value });
      }),
    ),
    categories: ticketCategories.map((value) =>
      item(value, texts.category[value], () => {
        change({ category: value });
      }),
    ),
  };
}

function TagField({ change }: { change: Change }) {
  const inUse = useStoreOf(
    (s) => s.tags,
    (state) => state.tags,
  );
  const { selection: words } = texts;
  const off = useAbility('changes') ? undefined : texts.cannot.changes;
  const title = useTitle(words.tag, 'tag');
  const addTag = (text: string): void => {
    const add = tagsTyped(
      text,
      inUse.map(({ tag }) => tag),
    );
    if (add.length > 0) change({ tags: { add, remove: [] } });
  };
  return (
    <NameField
      label={words.tag}
      title={off ?? title}
      disabled={off !== undefined}
      className="pick-action"
      side="above"
      field={words.tagName}
      submit={words.addTag}
      maxLength={400}
      onSubmit={addTag}
    >
      <TagIcon size={15} aria-hidden="true" />
      <span>{words.tag}</span>
    </NameField>
  );
}
