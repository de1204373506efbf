import { useEffect, useState, type KeyboardEvent, type MouseEvent, type RefObject } from 'react';
import type { TicketRow } from '../../../../contract/bridge.ts';
import { namesOf } from '../../../../core/keys.ts';
import { ticketUnder } from './use-row-actions.ts';

/** The menu of a row. */
export interface RowMenu {
  /** The row that it is of, and where it stands; null while it is closed. */
  opened: { row: TicketRow; at: DOMRect } | null;
  open: (ticketId: string, at: DOMRect) => void;
  onContextMenu: (event: MouseEvent) => void;
  /** Opens it by its keys; returns whether the press was one. */
  onKeyDown: (event: KeyboardEvent) => boolean;
  close: () => void;
}

export function useRowMenu(rows: readonly TicketRow[], selected: string | null): RowMenu {
  const [opened, setOpened] = useState<RowMenu['opened']>(null);

  function open(id: string, at: DOMRect): void {
    const row = rows.find((one) => one.id === id);
    if (row) setOpened({ row, at });
  }
  function openAtSelected(): void {
    const element = document.getElementById(`ticket-${selected}`);
    if (selected !== null && element) open(selected, element.getBoundingClientRect());
  }
  return {
    opened,
    open,
    onContextMenu(event) {
      event.preventDefault();
      const id = ticketUnder(event);
      if (id === undefined) openAtSelected();
      else open(id, new DOMRect(event.clientX, event.clientY));
    },
    onKeyDown(event) {
      if (!namesOf(event.nativeEvent).some((name) => menuKeys.has(name))) return false;
      event.preventDefault();
      openAtSelected();
      return true;
    },
    close() {
      setOpened(null);
    },
  };
}

const menuKeys: ReadonlySet<string> = new Set(['ContextMenu', 'Shift+F10']);

/** The ticket that the pointer is on, and how far the list is scrolled. */
export function usePointed(scroller: RefObject<HTMLDivElement | null>): {
  pointed: string | null;
  scrollTop: number;
} {
  const [pointed, setPointed] = useState<string | null>(null);
  const [scrollTop, setScrollTop] = useState(0);
  useEffect(() => {
    const box = scroller.current;
    const around = box?.parentElement;
    if (!box || !around) return undefined;
    const onOver = ({ target }: Event): void => {
      const row = target instanceof Element ? target.closest<HTMLElement>('[data-ticket]') : null;
      if (row) setPointed(row.dataset['ticket'] ?? null);
    };
    const onLeave = (): void => {
      setPointed(null);
    };
    const onScroll = (): void => {
      setScrollTop(box.scrollTop);
    };
    onScroll();
    box.addEventListener('mouseover', onOver);
    around.addEventListener('mouseleave', onLeave);
    box.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      box.removeEventListener('mouseover', onOver);
      around.removeEventListener('mouseleave', onLeave);
      box.removeEventListener('scroll', onScroll);
    };
  }, [scroller]);
  return { pointed, scrollTop };
}
