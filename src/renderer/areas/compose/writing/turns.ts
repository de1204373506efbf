/** Runs one call about the same thing at a time; the next one waits for its reply. */
export type InTurn<K> = <T>(key: K, run: () => Promise<T>) => Promise<T>;

/** Two calls on their way at once could reach the desk in the wrong order. */
export function createTurns<K>(): InTurn<K> {
  const onTheirWay = new Map<K, Promise<unknown>>();
  return async (key, run) => {
    for (let before = onTheirWay.get(key); before; before = onTheirWay.get(key))
      await before.catch(() => undefined);
    const ended = run().finally(() => {
      if (onTheirWay.get(key) === ended) onTheirWay.delete(key);
    });
    onTheirWay.set(key, ended);
    return ended;
  };
}
