import { useRef, type KeyboardEvent, type MouseEvent } from 'react';
import type { TicketRow } from '../../../../contract/bridge.ts';
import { usePart } from '../../../stores-context.tsx';

/**
 * How long the pointer stays on a row before its thread is read (ms): not those that it only
 * crosses.
 */
const restMs = 30;

/** The arrows and their like go through the list, each to a ticket. */
export function useListKeys(): (event: KeyboardEvent) => void {
  const navigation = usePart((s) => s.navigation);
  return (event) => {
    if (event.shiftKey || event.ctrlKey || event.metaKey) return;
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    navigation.whenListed(() => {
      void navigation.moveBy(step);
    });
  };
}

const steps: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 8,
  PageUp: -8,
  Home: -Infinity,
  End: Infinity,
};

interface Pointer {
  onMouseOver: (event: MouseEvent) => void;
  onMouseDown: (event: MouseEvent) => void;
  onClick: (event: MouseEvent) => void;
}

/** The pointer opens a ticket, or picks it; one that it rests on is read ahead. */
export function usePointer(rows: readonly TicketRow[]): Pointer {
  const selection = usePart((s) => s.selection);
  const navigation = usePart((s) => s.navigation);
  const onMouseOver = useReadAhead();

  function choose(event: MouseEvent): void {
    const id = ticketUnder(event);
    if (id === undefined) return;
    if (event.shiftKey) {
      selection.extendTo(id, rows);
      return;
    }
    if (event.ctrlKey || event.metaKey) {
      selection.toggle(id);
      return;
    }
    selection.clear();
    navigation.openTicket(id);
  }

  return {
    onMouseOver,
    /** Chooses when the button goes down, not when it comes up: that saves a tenth of a second. */
    onMouseDown(event) {
      if (event.button === 0) choose(event);
    },
    onClick(event) {
      // A click without a button, such as a screen reader's.
      if (event.detail === 0) choose(event);
    },
  };
}

/** Reads the thread ahead: a row that the pointer rests on is pressed next more often than not. */
function useReadAhead(): (event: MouseEvent) => void {
  const thread = usePart((s) => s.thread);
  const resting = useRef<ReturnType<typeof setTimeout>>(undefined);
  return (event) => {
    clearTimeout(resting.current);
    const id = ticketUnder(event);
    if (id !== undefined)
      resting.current = setTimeout(() => {
        thread.prepare([id]);
      }, restMs);
  };
}

/** The ticket whose row an event of the pointer is on. */
export function ticketUnder({ target }: MouseEvent): string | undefined {
  return target instanceof Element
    ? target.closest<HTMLElement>('[data-ticket]')?.dataset['ticket']
    : undefined;
}
