import type { StoreApi } from 'zustand/vanilla';

/** The longest wait for what a store is about to have (ms). */
const patienceMs = 2_000;

/**
 * Runs `then` once `isSo`, at once where it is, and at the latest when it should have been.
 * `stores`: those that it depends on. It is looked at after each of their changes is complete.
 */
export function when(
  isSo: () => boolean,
  stores: readonly Pick<StoreApi<unknown>, 'subscribe'>[],
  then: () => void,
): void {
  if (isSo()) {
    then();
    return;
  }
  let isOver = false;
  const go = (): void => {
    if (isOver) return;
    isOver = true;
    clearTimeout(timer);
    for (const end of ends) end();
    then();
  };
  const look = (): void => {
    if (isSo()) go();
  };
  const timer = setTimeout(go, patienceMs);
  const ends = stores.map(({ subscribe }) =>
    subscribe(() => {
      queueMicrotask(look);
    }),
  );
}
