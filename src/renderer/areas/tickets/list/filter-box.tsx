import { Check, ChevronLeft, ChevronRight, ListFilter } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import type { TicketFilter } from '../../../../contract/bridge.ts';
import { useTitle } from '../../../keys/key.tsx';
import { usePart, useStoreOf } from '../../../stores-context.tsx';
import { texts } from '../../../texts.ts';
import { afterPaint } from '../../../kit/after-paint.ts';
import { focusOnShow } from '../../../kit/focus-on-show.ts';
import { PopoverButton } from '../../../kit/popover-button.tsx';
import { focusTickets } from '../../../panes.ts';
import type { FilterLine } from './filter-lines.ts';
import { filterFields, type Narrowing } from './filters.ts';
import { useFilterBox, type FilterBox as Box } from './use-filter-box.ts';

/**
 * A button with the filter of the list in a popover: a field to type in, and below it the fields of
 * tickets or the values of one.
 */
export function FilterBox(narrowing: Narrowing) {
  const id = useId();
  const { filter } = narrowing;
  const box = useFilterBox(useFields(filter), narrowing);
  const title = useTitle(texts.list.filter, 'filter');
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <PopoverButton
        label={texts.list.filter}
        title={title}
        className={
          Object.keys(filter).length > 0 ? 'list-tool filter-button on' : 'list-tool filter-button'
        }
        opens={id}
        role="dialog"
      >
        <ListFilter size={14} aria-hidden="true" />
        <span className="list-tool-text">{texts.list.filter}</span>
      </PopoverButton>
      <div
        id={id}
        popover="auto"
        role="dialog"
        aria-label={texts.list.filter}
        className="pop pop-filter pop-below"
        onBeforeToggle={({ newState }) => {
          setIsOpen(newState === 'open');
        }}
        onToggle={({ newState, currentTarget }) => {
          if (newState !== 'closed') return;
          box.reset();
          // A filtered list is another element than the one that had the focus before.
          const { activeElement } = document;
          const isLost = activeElement === document.body || currentTarget.contains(activeElement);
          if (isLost) focusTickets();
        }}
      >
        <Field box={box} listId={`${id}-list`} />
        {isOpen && <Lines box={box} listId={`${id}-list`} />}
      </div>
    </>
  );
}

function useFields(filter: TicketFilter): ReturnType<typeof filterFields> {
  const store = usePart((s) => s.tags);
  const members = useStoreOf(
    (s) => s.staff,
    (state) => state.members,
  );
  const tags = useStoreOf(
    (s) => s.tags,
    (state) => state.tags,
  );
  const me = useStoreOf(
    (s) => s.session,
    (state) => state.session?.account?.id ?? null,
  );
  useEffect(
    () =>
      afterPaint(() => {
        store.refresh();
      }),
    [store],
  );
  return filterFields({ filter, members, tags, me });
}

interface PartProps {
  box: Box;
  listId: string;
}

const lineId = (listId: string, line: FilterLine): string =>
  `${listId}-${line.id.replaceAll(/\W/gu, '_')}`;

function Field({ box, listId }: PartProps) {
  const { open, typed, lines, at } = box;
  const line = lines[at];
  return (
    <div className="filter-field">
      {open !== null && (
        <button
          type="button"
          className="filter-back"
          aria-label={texts.back}
          tabIndex={-1}
          onMouseDown={keepFocus}
          onClick={box.back}
        >
          <ChevronLeft size={14} aria-hidden="true" />
          {open.label}
        </button>
      )}
      <input
        ref={focusOnShow}
        role="combobox"
        className="filter-input"
        aria-label={open?.label ?? texts.list.filter}
        aria-expanded="true"
        aria-autocomplete="list"
        aria-controls={listId}
        aria-activedescendant={line && lineId(listId, line)}
        placeholder={open === null ? texts.list.filterBy : texts.list.filterValue}
        spellCheck={false}
        autoComplete="off"
        maxLength={100}
        value={typed}
        onChange={({ target }) => {
          box.type(target.value);
        }}
        onKeyDown={box.onKeyDown}
      />
    </div>
  );
}

function Lines({ box, listId }: PartProps) {
  const { open, lines, at } = box;
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('[data-highlighted]')?.scrollIntoView({ block: 'nearest' });
  }, [at, lines.length]);
  const [title, hint] = texts.pickers.nothing;
  return (
    <>
      <div
        ref={list}
        id={listId}
        role="listbox"
        aria-label={open?.label ?? texts.list.filter}
        aria-multiselectable="true"
        className="filter-list"
      >
        {lines.map((line, i) => (
          <Line
            key={line.id}
            id={lineId(listId, line)}
            line={line}
            isAt={i === at}
            onChoose={() => {
              box.choose(line);
            }}
          />
        ))}
      </div>
      {lines.length === 0 && (
        <div className="filter-empty" role="status">
          <strong>{title}</strong>
          <span>{hint}</span>
        </div>
      )}
    </>
  );
}

interface LineProps {
  id: string;
  line: FilterLine;
  isAt: boolean;
  onChoose: () => void;
}

/** A value says whether it is on, a field how many of its values are. */
function Line({ id, line, isAt, onChoose }: LineProps) {
  const isField = line.kind === 'field';
  const count = isField ? line.field.values.filter(({ isOn }) => isOn).length : 0;
  return (
    <div
      id={id}
      role="option"
      aria-selected={!isField && line.isOn}
      data-highlighted={isAt ? '' : undefined}
      className="filter-item"
      onMouseDown={keepFocus}
      onClick={onChoose}
    >
      <span className="filter-icon" aria-hidden="true">
        {!isField && line.isOn && <Check size={13} strokeWidth={2.5} />}
      </span>
      <span className="filter-label" dir="auto">
        {line.label}
      </span>
      {count > 0 && <span className="filter-hint">{count}</span>}
      {isField && <ChevronRight size={13} className="filter-more" aria-hidden="true" />}
    </div>
  );
}

/** The press must not take the focus from the text. */
function keepFocus(event: { preventDefault: () => void }): void {
  event.preventDefault();
}
