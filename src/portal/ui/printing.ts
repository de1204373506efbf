import { useSyncExternalStore } from 'react';

const media = matchMedia('print');
let isPrinting = media.matches;
const listeners = new Set<() => void>();

function set(printing: boolean): void {
  isPrinting = printing;
  for (const listener of listeners) listener();
}
// The events fire before the page is laid out on paper; a preview that is only styled for print is
// reported by the media query alone.
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
 * True while the page is being printed. React renders a change of an external store synchronously,
 * so before the layout.
 */
export function usePrinting(): boolean {
  return useSyncExternalStore(subscribe, () => isPrinting);
}
