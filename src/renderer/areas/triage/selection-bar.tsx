import {
  Check,
  CheckCheck,
  Flame,
  Folder,
  Tag as TagIcon,
  UserPlus,
  CircleDot,
} from 'lucide-react';
import type { TicketFieldChange } from '../../../contract/bridge.ts';
import { ticketCategories, ticketPriorities, ticketStatuses } from '../../../contract/entities.ts';
import { tagsTyped } from '../../../core/tags.ts';
import { useTitle } from '../../keys/key.tsx';
import { useAbility, useStoreOf, usePart } from '../../stores-context.tsx';
import { countPicked } from './selection.ts';
import { texts } from '../../texts.ts';
import { formatCount } from '../../kit/format.ts';
import { Menu, type MenuItem } from '../../kit/menu.tsx';
import { NameField } from '../../kit/name-field.tsx';

/**
 * At the foot of the list while tickets are picked: how many, and what can be done to all of them.
 */
export function SelectionBar({ searching }: { searching: boolean }) {
  const selection = usePart((s) => s.selection);
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
  const more =
    !searching &&
    picked.all === null &&
    total > count &&
    rows.length > 0 &&
    rows.every((row) => picked.ids.has(row.id));
  return (
    <div className="selection" role="toolbar" aria-label={texts.selection.label} data-keep-focus>
      <div className="selection-head">
        <strong aria-live="polite">{texts.selection.selected(formatCount(count))}</strong>
        {more && (
          <button type="button" className="link-btn" onClick={selection.pickAll}>
            {texts.selection.all(formatCount(total))}
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
      <Actions change={change} />
    </div>
  );
}

function Actions({ change }: { change: (fields: TicketFieldChange) => void }) {
  const bulks = usePart((s) => s.bulks);
  const members = useStoreOf(
    (s) => s.staff,
    (state) => state.members,
  );
  const me = useStoreOf(
    (s) => s.session,
    (state) => state.session?.account?.id ?? null,
  );
  const inUse = useStoreOf(
    (s) => s.tags,
    (state) => state.tags,
  );
  const off = useAbility('changes') ? undefined : texts.cannot.changes;
  const unassignable = useAbility('assignment') ? undefined : texts.cannot.assignment;
  const people = members
    .filter((member) => member.is_active)
    .toSorted((a, b) => Number(b.id === me) - Number(a.id === me));
  const assign: MenuItem[] = [
    ...people.map((member) => ({
      id: member.id,
      label: member.id === me ? `${member.name} (${texts.selection.me})` : member.name,
      run: () => {
        change({ assignee_id: member.id });
      },
    })),
    {
      id: 'nobody',
      label: texts.nobody,
      run: () => {
        change({ assignee_id: null });
      },
    },
  ];
  const statuses = ticketStatuses.map((value) => ({
    id: value,
    label: texts.status[value] ?? value,
    run: () => {
      if (value === 'closed') bulks.apply({ kind: 'close' });
      else change({ status: value });
    },
  }));
  const priorities = ticketPriorities.toReversed().map((value) => ({
    id: value,
    label: texts.priority[value] ?? value,
    run: () => {
      change({ priority: value });
    },
  }));
  const categories = ticketCategories.map((value) => ({
    id: value,
    label: texts.category[value] ?? value,
    run: () => {
      change({ category: value });
    },
  }));
  const addTag = (text: string): void => {
    const add = tagsTyped(
      text,
      inUse.map(({ tag }) => tag),
    );
    if (add.length > 0) change({ tags: { add, remove: [] } });
  };
  const { selection: words } = texts;
  const titles = {
    close: useTitle(words.close, 'close'),
    assign: useTitle(words.assign, 'assign'),
    priority: useTitle(words.priority, 'priority'),
    tag: useTitle(words.tag, 'tag'),
  };
  return (
    <div className="selection-actions">
      <button
        type="button"
        className="pick-action"
        aria-label={words.close}
        title={titles.close}
        onClick={() => {
          bulks.apply({ kind: 'close' });
        }}
      >
        <Check size={15} aria-hidden="true" />
        <span>{words.close}</span>
      </button>
      <Menu
        label={words.assign}
        title={unassignable ?? titles.assign}
        disabled={unassignable !== undefined}
        className="pick-action"
        side="above"
        items={assign}
      >
        <UserPlus size={15} aria-hidden="true" />
        <span>{words.assign}</span>
      </Menu>
      <Menu
        label={words.status}
        title={off ?? words.status}
        disabled={off !== undefined}
        className="pick-action"
        side="above"
        items={statuses}
      >
        <CircleDot size={15} aria-hidden="true" />
        <span>{words.status}</span>
      </Menu>
      <Menu
        label={words.priority}
        title={off ?? titles.priority}
        disabled={off !== undefined}
        className="pick-action"
        side="above"
        items={priorities}
      >
        <Flame size={15} aria-hidden="true" />
        <span>{words.priority}</span>
      </Menu>
      <Menu
        label={words.category}
        title={off ?? words.category}
        disabled={off !== undefined}
        className="pick-action"
        side="above"
        items={categories}
      >
        <Folder size={15} aria-hidden="true" />
        <span>{words.category}</span>
      </Menu>
      <NameField
        label={words.tag}
        title={off ?? titles.tag}
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
      <button
        type="button"
        className="pick-action"
        aria-label={words.read}
        title={words.read}
        onClick={() => {
          bulks.apply({ kind: 'read' });
        }}
      >
        <CheckCheck size={15} aria-hidden="true" />
        <span>{words.read}</span>
      </button>
    </div>
  );
}
