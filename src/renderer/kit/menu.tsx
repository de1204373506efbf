import { Fragment, useId, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { focusOnShow, noFocus } from './focus-on-show.ts';

export interface MenuItem {
  id: string;
  label: ReactNode;
  /** What is typed to come to it, where the label is not a text. */
  text?: string;
  /** Set for what can be on or off. */
  checked?: boolean;
  disabled?: boolean;
  /** Stands above this item and those behind it. */
  heading?: string;
  run: () => void;
}

interface Props {
  label: string;
  /** Inside the button. */
  children: ReactNode;
  items: readonly MenuItem[];
  /** `many`: any of them can be on, and it stays open. */
  choice?: 'one' | 'many';
  className?: string;
  disabled?: boolean;
  title?: string | undefined;
  /** Which way it opens. */
  side?: 'below' | 'above';
}

/**
 * A button with a menu in the platform's popover: arrows, Home, End and letters move, Escape closes
 * and gives the focus back.
 */
export function Menu({
  label,
  children,
  items,
  choice = 'one',
  className = 'btn btn-quiet',
  disabled,
  title,
  side = 'below',
}: Props) {
  const id = useId();
  const box = useRef<HTMLDivElement>(null);

  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    const all = [
      ...event.currentTarget.querySelectorAll<HTMLElement>('[role^=menuitem]:not(:disabled)'),
    ];
    const at = all.findIndex((item) => item === document.activeElement);
    const letter =
      event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey
        ? event.key.toLocaleLowerCase()
        : null;
    const found =
      letter === null
        ? undefined
        : [...all.slice(at + 1), ...all.slice(0, at + 1)].find((item) =>
            (item.dataset['text'] ?? '').toLocaleLowerCase().startsWith(letter),
          );
    const next =
      event.key === 'ArrowDown'
        ? all[(at + 1) % all.length]
        : event.key === 'ArrowUp'
          ? all.at(at <= 0 ? -1 : at - 1)
          : event.key === 'Home'
            ? all[0]
            : event.key === 'End'
              ? all.at(-1)
              : found;
    if (event.key === 'Tab') {
      box.current?.hidePopover();
      return;
    }
    if (!next) return;
    event.preventDefault();
    next.focus();
  }
  const begin = Math.max(
    0,
    items.findIndex((item) => item.checked),
  );
  return (
    <>
      <button
        type="button"
        className={className}
        popoverTarget={id}
        aria-haspopup="menu"
        aria-label={label}
        disabled={disabled}
        title={title}
      >
        {children}
      </button>
      <div
        ref={box}
        id={id}
        popover="auto"
        role="menu"
        aria-label={label}
        className={`pop pop-menu pop-${side}`}
        onKeyDown={onKeyDown}
      >
        {items.map((item, i) => (
          <Fragment key={item.id}>
            {item.heading !== undefined && (
              <p className="menu-heading" aria-hidden="true">
                {item.heading}
              </p>
            )}
            <button
              type="button"
              role={
                item.checked === undefined
                  ? 'menuitem'
                  : choice === 'many'
                    ? 'menuitemcheckbox'
                    : 'menuitemradio'
              }
              aria-checked={item.checked}
              disabled={item.disabled}
              tabIndex={-1}
              ref={i === begin ? focusOnShow : noFocus}
              className="menu-item"
              data-text={item.text ?? (typeof item.label === 'string' ? item.label : '')}
              onClick={() => {
                if (choice === 'one') box.current?.hidePopover();
                item.run();
              }}
            >
              <span className="menu-check" aria-hidden="true">
                {item.checked ? '✓' : ''}
              </span>
              <span dir="auto">{item.label}</span>
            </button>
          </Fragment>
        ))}
      </div>
    </>
  );
}
