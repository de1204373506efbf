import type { CallResult } from '../../../contract/bridge.ts';
import type { Events } from '../../desk/events.ts';
import type { Desk } from '../../desk/desk.ts';
import { handleCall, type Sender } from './handle.ts';

/** What a shell has of the desk, whatever thread that is on. */
export interface DeskPort {
  /**
   * Answers a call of the window, unparsed as it came. Never throws: what goes wrong is in the
   * answer.
   */
  call(sender: Sender, name: unknown, input: unknown): Promise<CallResult>;
  listen: Events['listen'];
  close(): Promise<void>;
}

/** The port of a desk on this thread. */
export function portOf(desk: Desk): DeskPort {
  return {
    call: (sender, name, input) => handleCall(desk.handlers, sender, name, input),
    listen: desk.events.listen,
    close: () => desk.close(),
  };
}
