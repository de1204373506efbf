import { useSyncExternalStore } from 'react';

const media = matchMedia('print');
let isPrinting = media.matches;
const listeners = new Set<() => void>();

function set(printing: boolean): void {
  isPrinting = printing;
  for (const listener of listeners) listener();
}
// The events come before the page is laid out on paper; the query alone tells of a preview that is
// only styled for it.
window.addEventListener('beforeprint', () => {
  set(true);
});
window.addEventListener('afterprint', () => {
  set(false);
});
media.addEventListener('change', ({ matches }) => {
  set(matches);
});

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/**
 * True while the page is put on paper. React draws a change of an outside store at once, so before
 * that.
 */
export function usePrinting(): boolean {
  return useSyncExternalStore(subscribe, () => isPrinting);
}
