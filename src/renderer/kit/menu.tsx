import { Fragment, useId, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { focusOnShow, noFocus } from './focus-on-show.ts';
import { PopoverButton, type PopoverLook } from './popover-button.tsx';

export interface MenuItem {
  id: string;
  label: ReactNode;
  /** Text by which typing finds the item, where the label is not a text. */
  text?: string;
  /** Set for what can be on or off. */
  checked?: boolean;
  disabled?: boolean;
  /** Stands above this item and those behind it. */
  heading?: string;
  run: () => void;
}

/** `many`: any number of them can be on, and the menu stays open. */
type Choice = 'one' | 'many';

interface Props extends PopoverLook {
  items: readonly MenuItem[];
  choice?: Choice;
  /** Which way it opens. */
  side?: 'below' | 'above';
}

/**
 * A button with a menu in the platform's popover: arrows, Home, End and letters move, Escape closes
 * and gives the focus back.
 */
export function Menu({ items, choice = 'one', side = 'below', ...look }: Props) {
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const begin = Math.max(
    0,
    items.findIndex((item) => item.checked),
  );
  function choose(item: MenuItem): void {
    if (choice === 'one') box.current?.hidePopover();
    item.run();
  }
  return (
    <>
      <PopoverButton {...look} opens={id} role="menu" />
      <div
        ref={box}
        id={id}
        popover="auto"
        role="menu"
        aria-label={look.label}
        className={`pop pop-menu pop-${side}`}
        onKeyDown={onMenuKey}
      >
        {items.map((item, i) => (
          <Fragment key={item.id}>
            {item.heading !== undefined && <Heading text={item.heading} />}
            <Item
              item={item}
              choice={choice}
              focused={i === begin}
              onChoose={() => {
                choose(item);
              }}
            />
          </Fragment>
        ))}
      </div>
    </>
  );
}

function Heading({ text }: { text: string }) {
  return (
    <p className="menu-heading" aria-hidden="true">
      {text}
    </p>
  );
}

const roles = { one: 'menuitemradio', many: 'menuitemcheckbox' } as const;

function Item({
  item,
  choice,
  focused,
  onChoose,
}: {
  item: MenuItem;
  choice: Choice;
  /** Takes the focus when the menu opens. */
  focused: boolean;
  onChoose: () => void;
}) {
  return (
    <button
      type="button"
      role={item.checked === undefined ? 'menuitem' : roles[choice]}
      aria-checked={item.checked}
      disabled={item.disabled}
      tabIndex={-1}
      ref={focused ? focusOnShow : noFocus}
      className="menu-item"
      data-text={item.text ?? (typeof item.label === 'string' ? item.label : '')}
      onClick={onChoose}
    >
      <span className="menu-check" aria-hidden="true">
        {item.checked ? '✓' : ''}
      </span>
      <span dir="auto">{item.label}</span>
    </button>
  );
}

function onMenuKey(event: KeyboardEvent<HTMLElement>): void {
  if (event.key === 'Tab') {
    event.currentTarget.hidePopover();
    return;
  }
  const next = itemForKey(event);
  if (!next) return;
  event.preventDefault();
  next.focus();
}

/** The item of the menu that an arrow, Home, End or a first letter leads to. */
function itemForKey(event: KeyboardEvent<HTMLElement>): HTMLElement | undefined {
  const all = [
    ...event.currentTarget.querySelectorAll<HTMLElement>('[role^=menuitem]:not(:disabled)'),
  ];
  const at = all.findIndex((item) => item === document.activeElement);
  switch (event.key) {
    case 'ArrowDown':
      return all[(at + 1) % all.length];
    case 'ArrowUp':
      return all.at(at <= 0 ? -1 : at - 1);
    case 'Home':
      return all[0];
    case 'End':
      return all.at(-1);
    default:
      return itemByLetter(event, [...all.slice(at + 1), ...all.slice(0, at + 1)]);
  }
}

function itemByLetter(
  { key, ctrlKey, metaKey }: KeyboardEvent,
  items: readonly HTMLElement[],
): HTMLElement | undefined {
  if (key.length !== 1 || key === ' ' || ctrlKey || metaKey) return undefined;
  const letter = key.toLocaleLowerCase();
  return items.find((item) => (item.dataset['text'] ?? '').toLocaleLowerCase().startsWith(letter));
}
