import { isTyping } from '../kit/keys.ts';

/**
 * A key that is held down goes on repeating wherever the focus has gone since: into the field of
 * the dialog that it has opened, or onto a button that it then presses. Its repeats belong to where
 * it went down, and to nothing else.
 */
export function installHeldKeys(): () => void {
  let down: { code: string; target: EventTarget | null } | null = null;

  function listener(event: KeyboardEvent): void {
    const { code, target, repeat } = event;
    if (!repeat) {
      down = { code, target };
      return;
    }
    const hasMoved = down !== null && down.code === code && down.target !== target;
    if (!(hasMoved && writesInto(event)) && !pressesAgain(event)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  document.addEventListener('keydown', listener, { capture: true });
  return () => {
    document.removeEventListener('keydown', listener, { capture: true });
  };
}

const moves = /^(?:Tab|Home|End|Page\w+|Arrow\w+)$/;

function writesInto({ key, target }: KeyboardEvent): boolean {
  return isTyping(target) && !moves.test(key);
}

/** Enter presses a button each time that it repeats. */
function pressesAgain({ key, target }: KeyboardEvent): boolean {
  return (
    key === 'Enter' &&
    target instanceof Element &&
    target.closest('button, a[href], summary, [role=button]') !== null
  );
}
