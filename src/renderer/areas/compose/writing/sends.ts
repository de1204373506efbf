import type { CallInput, CallOutput, SendFinish } from '../../../../contract/bridge.ts';
import { isBlank, overLimit } from '../../../../core/text.ts';
import type { Desk } from '../../../bridge/client.ts';
import type { Toasts } from '../../../toasts.ts';
import type { Ledger } from './ledger.ts';
import type { Presses } from './presses.ts';
import type { InTurn } from './turns.ts';
import { keyOf, type Key, type Place, type Written } from './written.ts';

export interface SendOptions {
  finish?: SendFinish | null;
  mentions?: string[];
  queued?: (operation: CallOutput<'compose.send'>) => void;
}

/** Sends a composer's message; see `Composer.send`. */
export type Send = (
  place: Place,
  seen: string | null,
  more?: SendOptions,
) => Promise<string | null>;

interface SendParts {
  desk: Desk;
  toasts: Toasts;
  written: Written;
  ledger: Ledger;
  presses: Presses;
  inTurn: InTurn<Key>;
}

export function createSend(parts: SendParts): Send {
  const { desk, toasts, written, ledger, presses, inTurn } = parts;
  return async (place, seen, { finish = null, mentions = [], queued } = {}) => {
    const text = written.text(place);
    const actions = written.actions(place);
    if (isBlank(text) || overLimit(text) > 0 || written.state.getState().sending) return null;
    const pressed = ledger.moment();
    const attempt = presses.press(place, { text, actions, finish, queued });
    const message = (): CallInput<'compose.send'> => ({
      ticket_id: place.ticketId,
      kind: place.kind,
      text,
      seen,
      replaces: ledger.sentFrom(place, pressed),
      attempt: attempt.id,
      ...(attempt.after.length > 0 ? { unless: attempt.after } : {}),
      ...(mentions.length > 0 ? { mentions } : {}),
      ...(Object.keys(actions).length > 0 ? { actions } : {}),
      ...(finish === null ? {} : { finish }),
    });
    written.state.setState({ sending: true });
    try {
      // A draft that reaches the desk after the message would be there again: saves wait for this,
      // and this for them.
      const operation = await inTurn(keyOf(place), () => desk.call('compose.send', message()));
      if (attempt.after.includes(operation.operation_id)) {
        presses.arrivedBefore(place, attempt, operation);
        return null;
      }
      presses.arrived(place, attempt, operation);
      return operation.operation_id;
    } catch (error) {
      toasts.fail(error);
      return null;
    } finally {
      written.state.setState({ sending: false });
    }
  };
}
