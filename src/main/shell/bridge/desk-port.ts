import type { CallResult } from '../../../contract/bridge.ts';
import type { Events } from '../../desk/events.ts';
import type { Desk } from '../../desk/desk.ts';
import { handleCall, type Sender } from './handle.ts';

/** What a shell has of the desk, whatever thread that is on. */
export interface DeskPort {
  /**
   * Answers a call of a window, unparsed as it came. Never throws: what goes wrong is in the answer.
   * `window`: its name, under which results are pushed to it; absent where nothing can be.
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
