import { isOfComposition, type Focus } from '../../core/keys.ts';

/** Whether `target` is a field that takes key presses as input, to type or to choose. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName);
}

/** Text that is read: the conversation, and what stands around it. */
const readable = '[role=log], main, aside';
const pressable =
  'a[href], button, summary, [role=button], [role=tab], [role=menuitem], [role=radio]';
const covers = 'dialog[open], :popover-open, [aria-modal=true], [role=menu][data-open]';

/** Where the keyboard is, for a press on `target`. */
export function focusAt(target: EventTarget | null): Focus {
  const mac = navigator.platform.startsWith('Mac');
  if (document.querySelector(covers)) return { place: 'covered', mac };
  if (isTyping(target)) return { place: 'text', mac };
  const place = target instanceof Element && target.closest(pressable) ? 'control' : 'page';
  return { place, reading: readText() !== null, mac };
}

/**
 * The part of the window whose text is selected, or in which the focus or the last click is; null:
 * none.
 */
function readText(): Element | null {
  const { activeElement } = document;
  const selection = getSelection();
  const node = selection?.anchorNode ?? null;
  const clicked = node instanceof Element ? node : (node?.parentElement ?? null);
  const isSelected = selection !== null && !selection.isCollapsed;
  // A click on text that takes no focus leaves the focus nowhere and the caret there.
  const isNowhere = activeElement === null || activeElement === document.body;
  const at = isSelected || isNowhere ? clicked : activeElement;
  return at?.closest(readable) ?? (isSelected ? at : null);
}

/**
 * Selects all of the conversation, or of the part that is read: not the whole window, as the
 * platform would.
 */
export function selectRead(): void {
  const part = readText();
  if (part) getSelection()?.selectAllChildren(part);
}

/**
 * Keeps from the whole window what belongs to an input method: no field, list or dialog sees it,
 * whoever made them. Where the composition has ended (WebKit's order), the press must not do what
 * the key does by default either.
 */
export function installCompositionGuard(page: Document): () => void {
  const listener = (event: KeyboardEvent): void => {
    if (!isOfComposition(event)) return;
    event.stopImmediatePropagation();
    if (!event.isComposing && ['Enter', 'Tab', 'Escape'].includes(event.key))
      event.preventDefault();
  };
  page.addEventListener('keydown', listener, { capture: true });
  return () => {
    page.removeEventListener('keydown', listener, { capture: true });
  };
}

/**
 * While a character is being composed nothing may change beneath it, and what was undone must not
 * be done again.
 */
export function isLeftAlone(event: Event): boolean {
  return (
    event instanceof InputEvent && (event.isComposing || event.inputType.startsWith('history'))
  );
}
