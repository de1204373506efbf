import { isTyping } from '../ui/keys.ts';

/** A key that went down, and where: set once something has taken it. */
interface Held { code: string; takenAt: EventTarget | null }

/**
 * A key that is held down goes on repeating wherever the focus has gone since: into the field of the dialog that it has opened,
 * or onto a button that it then presses. Its repeats belong to what took the first press, and to nothing else.
 */
export function installHeldKeys(): () => void {
  let held: Held | null = null;

  function before(event: KeyboardEvent): void {
    if (!event.repeat) {
      held = null;
      return;
    }
    const taken = held !== null && held.code === event.code ? held.takenAt : null;
    const hasMoved = taken !== null && taken !== event.target;
    if ((hasMoved && isTyping(event.target)) || isPressedAgain(event)) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  }
  function after(event: KeyboardEvent): void {
    if (!event.repeat) held = { code: event.code, takenAt: event.defaultPrevented ? event.target : null };
  }

  document.addEventListener('keydown', before, { capture: true });
  window.addEventListener('keydown', after);
  return () => {
    document.removeEventListener('keydown', before, { capture: true });
    window.removeEventListener('keydown', after);
  };
}

/** Enter presses a button each time that it repeats. */
function isPressedAgain({ key, target }: KeyboardEvent): boolean {
  return key === 'Enter' && target instanceof Element && target.closest('button, a[href], summary, [role=button]') !== null;
}
