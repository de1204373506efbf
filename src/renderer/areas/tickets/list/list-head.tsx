import { ArrowDownWideNarrow, X } from 'lucide-react';
import { ticketSorts } from '../../../../contract/bridge.ts';
import { useStoreOf, usePart } from '../../../stores-context.tsx';
import { texts } from '../../../texts.ts';
import { formatCount } from '../../../kit/format.ts';
import { Menu } from '../../../kit/menu.tsx';
import { NameField } from '../../../kit/name-field.tsx';
import { FilterBox } from './filter-box.tsx';
import { chipsOf, without, type Narrowing } from './filters.ts';

/** Over the list of a view: its name and size, the order, and what it is narrowed to. */
export function ListHead() {
  const inbox = usePart((s) => s.inbox);
  const { view, saved, sort, total, loaded, filter } = useStoreOf(
    (s) => s.inbox,
    (state) => state,
  );
  const name = useStoreOf(
    (s) => s.settings,
    (state) => state.settings?.saved_views.find((one) => one.id === saved)?.name ?? null,
  );
  return (
    <header className="list-head">
      <h1 dir="auto">{name ?? texts.views[view]}</h1>
      {loaded && (
        <span className="quiet" aria-live="polite">
          {formatCount(total)}
        </span>
      )}
      <div className="list-tools">
        <FilterBox filter={filter} onChange={inbox.narrow} />
        <SortMenu sort={sort} sorts={ticketSorts} names={texts.list.sorts} onSort={inbox.sort} />
      </div>
      {(Object.keys(filter).length > 0 || sort !== 'newest' || saved !== null) && <FilterBar />}
    </header>
  );
}

/** The orders of a list; the first of them is its own. */
export function SortMenu<T extends string>({
  sort,
  sorts,
  names,
  onSort,
}: {
  sort: T;
  sorts: readonly T[];
  names: Record<T, string>;
  onSort: (sort: T) => void;
}) {
  return (
    <Menu
      label={`${texts.list.sort}: ${names[sort]}`}
      className={sort === sorts[0] ? 'list-tool' : 'list-tool on'}
      items={sorts.map((one) => ({
        id: one,
        label: names[one],
        checked: one === sort,
        run: () => {
          onSort(one);
        },
      }))}
    >
      <ArrowDownWideNarrow size={14} aria-hidden="true" />
      <span className="list-tool-text">{names[sort]}</span>
    </Menu>
  );
}

/**
 * The filters of the list, as chips that can be removed, and buttons to clear, save or update them.
 */
function FilterBar() {
  const inbox = usePart((s) => s.inbox);
  const { filter, saved, sort } = useStoreOf(
    (s) => s.inbox,
    (state) => state,
  );
  const shown = useStoreOf(
    (s) => s.settings,
    (state) => state.settings?.saved_views.find((one) => one.id === saved) ?? null,
  );
  const changed = shown !== null && JSON.stringify(inbox.query()) !== JSON.stringify(shown.query);
  if (Object.keys(filter).length === 0 && sort === 'newest' && !changed) return null;
  return (
    <div className="filter-bar" role="group" aria-label={texts.list.filters} data-keep-focus>
      <FilterChips filter={filter} onChange={inbox.narrow} />
      {changed && <UpdateView id={shown.id} />}
      {(shown === null || changed) && <SaveView />}
    </div>
  );
}

/** A chip for each filter, which removes it, and a button that removes all. */
export function FilterChips({ filter, onChange }: Narrowing) {
  const members = useStoreOf(
    (s) => s.staff,
    (state) => state.members,
  );
  const chips = chipsOf(filter, members);
  if (chips.length === 0) return null;
  return (
    <>
      {chips.map(({ field, text }) => (
        <Chip
          key={field}
          text={text}
          onRemove={() => {
            onChange(without(filter, field));
          }}
        />
      ))}
      <button
        type="button"
        className="link-btn"
        aria-label={texts.list.clearFilters}
        onClick={() => {
          onChange({});
        }}
      >
        {texts.list.clear}
      </button>
    </>
  );
}

function Chip({ text, onRemove }: { text: string; onRemove: () => void }) {
  return (
    <button
      type="button"
      className="chip"
      data-item
      aria-label={texts.list.removeFilter(text)}
      onClick={onRemove}
    >
      <span dir="auto">{text}</span>
      <X size={11} aria-hidden="true" />
    </button>
  );
}

function UpdateView({ id }: { id: string }) {
  const savedViews = usePart((s) => s.savedViews);
  return (
    <button
      type="button"
      className="link-btn"
      onClick={() => {
        savedViews.update(id);
      }}
    >
      {texts.saved.update}
    </button>
  );
}

function SaveView() {
  const savedViews = usePart((s) => s.savedViews);
  return (
    <NameField
      label={texts.saved.save}
      className="link-btn"
      field={texts.saved.name}
      submit={texts.saved.save}
      maxLength={60}
      onSubmit={savedViews.save}
    >
      {texts.saved.save}
    </NameField>
  );
}
