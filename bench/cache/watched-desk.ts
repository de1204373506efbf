import { monitorEventLoopDelay } from 'node:perf_hooks';
import { BroadcastChannel, isMainThread } from 'node:worker_threads';

/** How late an event loop was, in milliseconds. */
export interface Lag {
  p99: number;
  max: number;
}

export const lagChannel = 'staffdesk-bench-lag';
/** The address of what was built of the desk's thread; Node takes the query off a thread's own. */
export const programVariable = 'STAFFDESK_BENCH_DESK';

/** Starts to watch the loop of this thread; the function ends it. */
export function watchLag(): () => Lag {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  return () => {
    delay.disable();
    return { p99: delay.percentile(99) / 1e6, max: delay.max / 1e6 };
  };
}

/** The desk's thread as it is shipped, with its event loop watched from `begin` to `end`. */
async function main(program: string): Promise<void> {
  const channel = new BroadcastChannel(lagChannel);
  let stop: (() => Lag) | null = null;
  channel.onmessage = ({ data }: { data: unknown }) => {
    if (data === 'begin') stop = watchLag();
    if (data === 'end') channel.postMessage(stop?.() ?? null);
  };
  await import(/* @vite-ignore */ program);
}

const program = process.env[programVariable];
if (!isMainThread && program !== undefined) await main(program);
