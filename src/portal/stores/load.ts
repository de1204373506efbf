import { createStore, type StoreApi } from 'zustand/vanilla';
import { failureOf, type Failure } from '../api/failure.ts';

/** Data from the server. After a failure the value before it stays on screen. */
interface Loaded<T> {
  value: T | null;
  failure: Failure | null;
  loading: boolean;
}

export interface Loader<T> {
  store: StoreApi<Loaded<T>>;
  load(): Promise<void>;
  clear(): void;
}

/** Runs one request at a time; a `load` meanwhile runs it once more afterwards. */
export function createLoader<T>(ask: () => Promise<T>): Loader<T> {
  const empty: Loaded<T> = { value: null, failure: null, loading: false };
  const store = createStore<Loaded<T>>(() => empty);
  let round = 0;
  let running: Promise<void> | null = null;
  let again = false;

  async function once(): Promise<void> {
    const mine = round;
    store.setState({ loading: true });
    try {
      const value = await ask();
      if (mine === round) store.setState({ value, failure: null, loading: false });
    } catch (error) {
      if (mine === round) store.setState({ failure: failureOf(error), loading: false });
    }
  }
  async function run(): Promise<void> {
    do {
      again = false;
      await once();
    } while (again);
    running = null;
  }
  return {
    store,
    load() {
      if (running) again = true;
      else running = run();
      return running ?? Promise.resolve();
    },
    clear() {
      round += 1;
      store.setState(empty);
    },
  };
}
