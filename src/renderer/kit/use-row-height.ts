import { useSyncExternalStore } from 'react';

/**
 * Kept, since asking the style sheet while drawing makes the browser compute all styles at once.
 */
let height: number | null = null;

/** The height of a row in px, as the style sheet has it for this density and width of window. */
export function useRowHeight(): number {
  return useSyncExternalStore(subscribe, () => (height ??= read()));
}

function subscribe(changed: () => void): () => void {
  const measure = (): void => {
    height = read();
    changed();
  };
  const observer = new MutationObserver(measure);
  observer.observe(document.documentElement, {
    attributes: true,
    attributeFilter: ['data-density'],
  });
  const columns = matchMedia('(width >= 1600px)');
  columns.addEventListener('change', measure);
  return () => {
    observer.disconnect();
    columns.removeEventListener('change', measure);
  };
}

function read(): number {
  return (
    Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--row')) || 70
  );
}
