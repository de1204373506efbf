import { isTyping, keyOf } from './keys.ts';

/** Whether a key press was for a command of `scope`: a button in it that carries the key as `aria-keyshortcuts` is pressed. */
export function pressShortcutIn(scope: Element | null, key: string): boolean {
  const button = [...(scope?.querySelectorAll<HTMLButtonElement>('button[aria-keyshortcuts]') ?? [])].find((one) => one.getAttribute('aria-keyshortcuts')?.toLowerCase() === key.toLowerCase());
  if (!button || button.disabled) return false;
  button.click();
  return true;
}

const steps: Record<string, number> = { ArrowDown: 1, J: 1, ArrowUp: -1, K: -1, Home: -Infinity, End: Infinity };

/** Keys of a list of `[data-item]`: arrows and J K move the focus, other keys press the command of that item which carries them. */
export function onListKey(list: HTMLElement, event: KeyboardEvent): void {
  if (isTyping(event.target) || !(event.target instanceof HTMLElement)) return;
  const key = keyOf(event);
  if (key === null) return;
  const item = event.target.closest<HTMLElement>('[data-item]');
  const step = steps[key];
  // Enter on a button presses that button.
  const done = step !== undefined ? focusItem(list, item, step) : (key !== 'Enter' || event.target === item) && pressShortcutIn(item, key);
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
