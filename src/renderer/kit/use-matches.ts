import { useSyncExternalStore } from 'react';

/** Whether a media query holds, and from when on it does or does not. */
export function useMatches(query: string): boolean {
  const list = matchMedia(query);
  return useSyncExternalStore(
    (changed) => {
      list.addEventListener('change', changed);
      return () => {
        list.removeEventListener('change', changed);
      };
    },
    () => list.matches,
  );
}
