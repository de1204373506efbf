import { namesOf } from '../../core/keys.ts';
import { isTyping } from './keys.ts';

/**
 * Presses the button in `scope` that carries one of the key's names as `aria-keyshortcuts`; returns
 * whether there was one to press. Such a button changes something, so a key that is held down
 * presses it once.
 */
export function pressShortcutIn(scope: Element | null, event: KeyboardEvent): boolean {
  const names = namesOf(event).map((name) => name.toLowerCase());
  const buttons = [
    ...(scope?.querySelectorAll<HTMLButtonElement>('button[aria-keyshortcuts]') ?? []),
  ];
  const button = buttons.find((one) =>
    names.includes(one.getAttribute('aria-keyshortcuts')?.toLowerCase() ?? ''),
  );
  if (!button || button.disabled) return false;
  if (!event.repeat) button.click();
  return true;
}

const steps: Record<string, number> = {
  ArrowDown: 1,
  J: 1,
  ArrowUp: -1,
  K: -1,
  Home: -Infinity,
  End: Infinity,
};

/**
 * Keys of a list of `[data-item]`: arrows and J K move the focus, other keys press the command of
 * that item which carries them.
 */
export function onListKey(list: HTMLElement, event: KeyboardEvent): void {
  if (isTyping(event.target) || !(event.target instanceof HTMLElement)) return;
  const { target } = event;
  const item = target.closest<HTMLElement>('[data-item]');
  const step = namesOf(event)
    .map((name) => steps[name])
    .find((one) => one !== undefined);
  // Enter on a button presses that button.
  const isForItem = event.key !== 'Enter' || target === item;
  const done =
    step !== undefined ? focusItem(list, item, step) : isForItem && pressShortcutIn(item, event);
  if (done) event.preventDefault();
}

function focusItem(list: HTMLElement, from: HTMLElement | null, step: number): boolean {
  const items = [...list.querySelectorAll<HTMLElement>('[data-item]')];
  const at = from ? items.indexOf(from) + step : 0;
  const item = items[Math.max(0, Math.min(items.length - 1, at))];
  item?.focus();
  item?.scrollIntoView({ block: 'nearest' });
  return item !== undefined;
}
