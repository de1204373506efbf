import type { CallInput, CallOutput, LiveName } from '../../contract/bridge.ts';
import type { Desk } from './client.ts';
import type { Live, OnResult } from './live.ts';

/** A live query that is watched while its store has somebody to show it to. */
export interface Following {
  /** Nothing where it is watched already. */
  begin(): void;
  end(): void;
}

export function createFollowing<N extends LiveName>(
  desk: Pick<Desk, 'watch'>,
  name: N,
  input: CallInput<N>,
  on: OnResult<CallOutput<N>>,
): Following {
  let live: Live<N> | null = null;
  return {
    begin() {
      live ??= desk.watch(name, input, on);
    },
    end() {
      live?.end();
      live = null;
    },
  };
}
