import type { CallResult } from '../../../contract/bridge.ts';
import type { Events } from '../../desk/events.ts';
import type { Desk } from '../../desk/desk.ts';
import { handleCall, type Sender } from './handle.ts';

/** The desk as a shell sees it, whichever thread it runs on. */
export interface DeskPort {
  /**
   * Returns the result of a window's call, which is passed unparsed. Never throws: an error is
   * part of the result. `window`: its name, under which results are pushed to it; absent where
   * nothing can be pushed.
   */
  call(sender: Sender, name: unknown, input: unknown, window?: string): Promise<CallResult>;
  /** This window has gone, and what it watched ends. */
  left(window: string): void;
  listen: Events['listen'];
  close(): Promise<void>;
}

/** The port of a desk on this thread. */
export function portOf(desk: Desk): DeskPort {
  return {
    call: (sender, name, input, window) => handleCall(desk, sender, name, input, window),
    left: desk.live.left,
    listen: desk.events.listen,
    close: () => desk.close(),
  };
}
