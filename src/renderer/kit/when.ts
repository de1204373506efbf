import type { StoreApi } from 'zustand/vanilla';

/** The longest wait for what a store is about to have (ms). */
const patienceMs = 2_000;

/**
 * Runs `then` once `isSo` is true: at once if it is already, after two seconds even if it is not.
 * `stores`: those that `isSo` reads. It is asked after each of their changes, when that is complete.
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
