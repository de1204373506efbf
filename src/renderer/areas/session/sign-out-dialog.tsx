import { useStoreOf, usePart } from '../../stores-context.tsx';
import { texts } from '../../texts.ts';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import type { Unsent } from './sign-out-store.ts';

/** Asks whether to sign out although work is not sent. */
export function SignOutDialog() {
  const unsent = useStoreOf(
    (s) => s.signOut,
    (state) => state.unsent,
  );
  return unsent && <Question unsent={unsent} />;
}

function Question({ unsent }: { unsent: Unsent }) {
  const signOut = usePart((s) => s.signOut);
  const words = texts.signOutAsk;
  return (
    <Dialog label={words.label} onClose={signOut.stay}>
      <h2>{words.notSent(unsent.messages, unsent.changes)}</h2>
      <p className="quiet">{whatHappens(unsent)}</p>
      <div className="dialog-end sign-out-end">
        <Button onClick={signOut.stay}>{words.stay}</Button>
        <Button look="main" onClick={signOut.leave}>
          {texts.signOut}
        </Button>
      </div>
    </Dialog>
  );
}

function whatHappens({ messages, changes, stopped }: Unsent): string {
  const words = texts.signOutAsk;
  const total = messages + changes;
  if (total === 0) return words.nothingLeft;
  if (stopped === 0) return words.sentLater(total);
  return stopped === total ? words.reviewLater(total) : words.someStopped(stopped);
}
