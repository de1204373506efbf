import { Autocomplete } from '@base-ui/react/autocomplete';
import { CSPProvider } from '@base-ui/react/csp-provider';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { afterPaint } from './after-paint.ts';
import { useModal } from './use-modal.ts';

/** One line of a list that is filtered by typing. */
export interface FilterItem {
  id: string;
  label: string;
  /** Which letters of the label were typed. */ at?: readonly number[];
  icon?: ReactNode;
  hint?: string;
  /** Stands at the end: keys, or what is chosen now. */ end?: ReactNode;
}
interface FilterSection<T extends FilterItem> {
  id: string;
  heading: string | null;
  items: readonly T[];
}

interface FilterProps<T extends FilterItem> {
  label: string;
  placeholder: string;
  query: string;
  sections: readonly FilterSection<T>[];
  /** Stands in place of the list when there is nothing in it. */
  empty: ReactNode;
  caption?: ReactNode;
  footer?: ReactNode;
  onQuery: (query: string) => void;
  onPick: (item: T) => void;
  /** Tells assistive technology what the field is about beyond the label. */
  about?: string | undefined;
  /** Backspace in the empty field; returns whether there was somewhere to go back to. */
  onBack?: () => boolean;
}

interface Props<T extends FilterItem> extends FilterProps<T> {
  /** As wide as a list of everything, also with a caption. */
  wide?: boolean;
  /** Whether picking an item leads on to another list rather than out of the dialog. */
  isStep?: (item: T) => boolean;
  onClose: () => void;
}

/**
 * A field that filters a list, over the window: type, choose with the arrows, Enter picks, Escape
 * leaves. The platform's modal dialog gives the focus back to where it was before what was picked
 * is run.
 */
export function FilterDialog<T extends FilterItem>(props: Props<T>) {
  const { onPick, onClose, isStep, wide = false, ...filter } = props;
  const box = useRef<HTMLDialogElement>(null);
  const close = useModal(box);

  function pick(item: T): void {
    if (isStep?.(item) !== true) close();
    onPick(item);
  }
  return (
    <dialog
      ref={box}
      className={wide ? 'filter filter-wide' : 'filter'}
      aria-label={filter.label}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === box.current) close();
      }}
    >
      <Filter {...filter} onPick={pick} />
    </dialog>
  );
}

function Filter<T extends FilterItem>({
  label,
  placeholder,
  query,
  sections,
  empty,
  caption,
  footer,
  onQuery,
  onPick,
  about,
  onBack,
}: FilterProps<T>) {
  const shown = useBeginningFirst(sections);
  return (
    <Choosing items={shown} query={query} onQuery={onQuery}>
      {caption !== undefined && <div className="filter-caption">{caption}</div>}
      <Field {...{ label, placeholder, query, about, onBack }} />
      <Autocomplete.List className="filter-list" aria-label={label}>
        {shown.map((section) => (
          <Section key={section.id} section={section} onPick={onPick} />
        ))}
      </Autocomplete.List>
      {sections.length === 0 && (
        <div className="filter-empty" role="status">
          {empty}
        </div>
      )}
      {footer !== undefined && <div className="filter-footer">{footer}</div>}
    </Choosing>
  );
}

/** The behaviour of the field and its list: one line is always chosen, the first one at first. */
function Choosing<T extends FilterItem>({
  items,
  query,
  onQuery,
  children,
}: {
  items: readonly FilterSection<T>[];
  query: string;
  onQuery: (query: string) => void;
  children: ReactNode;
}) {
  return (
    // The window's CSP refuses <style> elements.
    <CSPProvider disableStyleElements>
      <Autocomplete.Root
        open
        inline
        mode="none"
        autoHighlight="always"
        keepHighlight
        items={items}
        value={query}
        itemToStringValue={(item: T) => item.label}
        onValueChange={(value, { reason }) => {
          if (reason === 'input-change') onQuery(value);
        }}
      >
        {children}
      </Autocomplete.Root>
    </CSPProvider>
  );
}

function Field({
  label,
  placeholder,
  query,
  about,
  onBack,
}: {
  label: string;
  placeholder: string;
  query: string;
  about: string | undefined;
  onBack: (() => boolean) | undefined;
}) {
  return (
    <Autocomplete.Input
      className="filter-input"
      aria-label={label}
      aria-description={about}
      placeholder={placeholder}
      spellCheck={false}
      maxLength={200}
      onKeyDown={(event) => {
        // A key that is held down to empty the field does not leave the list too.
        if (event.key === 'Backspace' && query === '' && !event.repeat && onBack?.() === true)
          event.preventDefault();
      }}
      autoFocus
    />
  );
}

function Section<T extends FilterItem>({
  section,
  onPick,
}: {
  section: FilterSection<T>;
  onPick: (item: T) => void;
}) {
  return (
    <Autocomplete.Group items={section.items} className="filter-group">
      {section.heading !== null && (
        <Autocomplete.GroupLabel className="filter-heading">
          {section.heading}
        </Autocomplete.GroupLabel>
      )}
      {section.items.map((item) => (
        <Line
          key={item.id}
          item={item}
          onPick={() => {
            onPick(item);
          }}
        />
      ))}
    </Autocomplete.Group>
  );
}

function Line({ item, onPick }: { item: FilterItem; onPick: () => void }) {
  return (
    <Autocomplete.Item value={item} className="filter-item" onClick={onPick}>
      {item.icon !== undefined && (
        <span className="filter-icon" aria-hidden="true">
          {item.icon}
        </span>
      )}
      <span className="filter-label" dir="auto">
        <Marked text={item.label} at={item.at ?? []} />
      </span>
      {item.hint !== undefined && item.hint !== '' && (
        <span className="filter-hint">
          <bdi>{item.hint}</bdi>
        </span>
      )}
      {item.end}
    </Autocomplete.Item>
  );
}

/**
 * The number of lines that are drawn with the dialog, more than its first sight holds. The others
 * come once it is painted.
 */
const atFirst = 16;

function useBeginningFirst<T extends FilterItem>(
  sections: readonly FilterSection<T>[],
): readonly FilterSection<T>[] {
  const [whole, setWhole] = useState(false);
  useEffect(
    () =>
      afterPaint(() => {
        setWhole(true);
      }),
    [],
  );
  return whole ? sections : beginning(sections);
}

function beginning<T extends FilterItem>(
  sections: readonly FilterSection<T>[],
): FilterSection<T>[] {
  let left = atFirst;
  return sections.flatMap((section) => {
    const items = section.items.slice(0, left);
    left -= items.length;
    return items.length > 0 ? [{ ...section, items }] : [];
  });
}

/** A text with the letters that were typed set off from the others. */
function Marked({ text, at }: { text: string; at: readonly number[] }): ReactNode {
  if (at.length === 0) return text;
  const meant = new Set(at);
  const runs: { text: string; meant: boolean }[] = [];
  for (const [i, letter] of [...text].entries()) {
    const last = runs.at(-1);
    if (last?.meant === meant.has(i)) last.text += letter;
    else runs.push({ text: letter, meant: meant.has(i) });
  }
  return runs.map((run, i) => (run.meant ? <b key={i}>{run.text}</b> : run.text));
}
