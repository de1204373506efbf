import { useSyncExternalStore } from 'react';

/**
 * Kept, since asking the style sheet while drawing makes the browser compute all styles at once.
 */
let height: number | null = null;

/** The height of a row in px, as the style sheet has it for this density. */
export function useRowHeight(): number {
  return useSyncExternalStore(subscribe, () => (height ??= read()));
}

function subscribe(changed: () => void): () => void {
  const observer = new MutationObserver(() => {
    height = read();
    changed();
  });
  observer.observe(document.documentElement, {
    attributes: true,
    attributeFilter: ['data-density'],
  });
  return () => {
    observer.disconnect();
  };
}

function read(): number {
  return (
    Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--row')) || 77
  );
}
