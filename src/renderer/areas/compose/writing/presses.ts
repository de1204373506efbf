import type { CallOutput, SendActions, SendFinish } from '../../../../contract/bridge.ts';
import { newAttempt } from '../../../bridge/attempts.ts';
import { texts } from '../../../texts.ts';
import type { Toasts } from '../../../toasts.ts';
import type { Ledger } from './ledger.ts';
import { keyOf, noActions, type Key, type Place, type Written } from './written.ts';

/**
 * A press of Send whose answer has not come. Pressed again, the same message goes under the same
 * name, so that it is there once; `after`: names of earlier ones with other words, which may have
 * arrived.
 */
interface Attempt {
  id: string;
  text: string;
  actions: SendActions;
  finish: SendFinish | null;
  after: string[];
  queued: ((operation: CallOutput<'compose.send'>) => void) | undefined;
}
type Message = Pick<Attempt, 'text' | 'actions' | 'finish' | 'queued'>;
type SentMessage = Pick<CallOutput<'compose.send'>, 'operation_id' | 'held_ms'>;

/** The last press of Send of each draft, until its answer is known. */
export interface Presses {
  get(place: Place): Attempt | undefined;
  forget(place: Place): void;
  /** The attempt of this press: the last one where nothing has changed and no answer came. */
  press(place: Place, message: Message): Attempt;
  /**
   * The desk has a message for good. Text typed since its send began stays, and is saved as a draft
   * of its own.
   */
  arrived(place: Place, attempt: Attempt, operation: SentMessage): void;
  /**
   * An earlier press of Send had arrived, so this one was not sent: changes made since stay, and
   * the agent decides.
   */
  arrivedBefore(place: Place, attempt: Attempt, operation: SentMessage): void;
  clear(): void;
}

interface PressParts {
  toasts: Toasts;
  written: Written;
  ledger: Ledger;
}

/** Earlier presses of Send that are asked about. */
const mostAsked = 20;

export function createPresses({ toasts, written, ledger }: PressParts): Presses {
  const attempts = new Map<Key, Attempt>();
  return {
    get: (place) => attempts.get(keyOf(place)),
    forget(place) {
      attempts.delete(keyOf(place));
    },
    press(place, message) {
      const attempt = attemptOf(message, attempts.get(keyOf(place)));
      attempts.set(keyOf(place), attempt);
      return attempt;
    },
    arrived(place, attempt, operation) {
      attempt.queued?.(operation);
      // It was known before, or another account is here.
      if (attempts.get(keyOf(place)) !== attempt) return;
      attempts.delete(keyOf(place));
      takeOut(place, attempt, { written, ledger });
      written.state.setState({ saved: 'idle' });
    },
    arrivedBefore(place, attempt, operation) {
      attempt.queued?.(operation);
      attempts.delete(keyOf(place));
      toasts.show({
        kind: 'error',
        title: texts.composer.sentBefore,
        body: texts.composer.sentBeforeHint,
      });
    },
    clear() {
      attempts.clear();
    },
  };
}

function attemptOf(message: Message, before: Attempt | undefined): Attempt {
  if (before && isSame(before, message)) return { ...before, ...message };
  const after = before ? [...before.after, before.id].slice(-mostAsked) : [];
  return { id: newAttempt(), after, ...message };
}

function isSame(before: Attempt, message: Message): boolean {
  return (
    before.text === message.text &&
    before.finish === message.finish &&
    JSON.stringify(before.actions) === JSON.stringify(message.actions)
  );
}

/** Empties the composer of a message that has arrived; changes made since its send began stay. */
function takeOut(
  place: Place,
  { text, actions }: Attempt,
  { written, ledger }: Pick<PressParts, 'written' | 'ledger'>,
): void {
  if (written.actions(place) === actions) written.putActions(place, noActions);
  if (written.text(place) === text) {
    ledger.unsaved.delete(keyOf(place));
    written.put(place, '');
    ledger.touch(place);
  }
  ledger.know(place, { at: null, text: '' }, ledger.moment());
}
