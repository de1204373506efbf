/**
 * Keeps the keyboard where it was when what had the focus goes away: inside `[data-keep-focus]` to
 * the `[data-item]` that took its place, then to what had the focus before that part, then to the
 * first of `homes` that is there.
 */
export function installKeepFocus(homes: readonly string[]): () => void {
  let last: Focused | null = null;
  let outside: HTMLElement | null = null;

  function onFocus({ target }: FocusEvent): void {
    if (!(target instanceof HTMLElement)) return;
    const box = target.closest<HTMLElement>('[data-keep-focus]');
    const item = target.closest<HTMLElement>('[data-item]');
    if (!box) outside = target;
    last = { element: target, box, at: box && item ? itemsOf(box).indexOf(item) : 0 };
  }
  function onBlur({ target, relatedTarget }: FocusEvent): void {
    if (relatedTarget !== null || !(target instanceof HTMLElement)) return;
    // Still there: the agent clicked beside it on purpose.
    queueMicrotask(() => {
      if (target.isConnected && last?.element === target) last = null;
    });
  }
  function look(): void {
    if (!last?.box || last.element.isConnected || document.activeElement !== document.body) return;
    const inBox = heirsIn(last.box, last.at);
    last = null;
    const atHome = homes.map((home) => document.querySelector<HTMLElement>(home));
    [...inBox, outside, ...atHome].find(canTakeFocus)?.focus();
  }

  const observer = new MutationObserver(look);
  document.addEventListener('focusin', onFocus);
  document.addEventListener('focusout', onBlur);
  observer.observe(document.body, { childList: true, subtree: true });
  return () => {
    observer.disconnect();
    document.removeEventListener('focusin', onFocus);
    document.removeEventListener('focusout', onBlur);
  };
}

interface Focused {
  element: HTMLElement;
  box: HTMLElement | null;
  /** The number of its item in the box. */
  at: number;
}

/** The item that stands at this place of the box now, then the box itself. */
function heirsIn(box: HTMLElement, at: number): (HTMLElement | null)[] {
  if (!box.isConnected) return [];
  const items = itemsOf(box);
  const item = items[Math.min(Math.max(at, 0), items.length - 1)];
  return [item ? focusableIn(item) : null, focusableIn(box)];
}

function canTakeFocus(element: HTMLElement | null): boolean {
  return element?.isConnected === true && element.checkVisibility() && !element.closest('[inert]');
}

const itemsOf = (box: HTMLElement): HTMLElement[] => [
  ...box.querySelectorAll<HTMLElement>('[data-item]'),
];

function focusableIn(element: HTMLElement): HTMLElement | null {
  return element.matches('[tabindex]')
    ? element
    : element.querySelector<HTMLElement>('[tabindex], button, textarea');
}
