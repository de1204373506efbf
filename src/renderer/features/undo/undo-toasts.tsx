import { CommandKey, useKey } from '../../commands/key.tsx';
import { useStoreOf, useStores } from '../../stores/context.tsx';
import type { Undoable } from '../../stores/undo.ts';
import { texts } from '../../texts.ts';
import { Toast } from '../../ui/toasts.tsx';
import { useSecondsLeft } from '../../ui/use-countdown.ts';

/** More would cover the list; the older ones come up again as the newer ones go. */
const visible = 2;

/** What can be taken back now; `Z` is the newest one's. */
export function UndoToasts() {
  const entries = useStoreOf((s) => s.undo, (state) => state.entries);
  return entries.slice(-visible).map((entry) => <UndoToast key={entry.operationId} entry={entry} newest={entry === entries.at(-1)} />);
}

function UndoToast({ entry, newest }: { entry: Undoable; newest: boolean }) {
  const { undo } = useStores();
  const key = useKey('undo');
  const held = entry.kind === 'message';
  return (
    <Toast kind={held ? 'info' : 'line'} title={held ? <HeldTitle entry={entry} /> : entry.title} body={entry.about} dismissLabel={texts.closePanel} {...(held ? {} : { onDismiss: () => { undo.dismiss(entry.operationId); } })}>
      <button type="button" className="toast-action" aria-keyshortcuts={newest ? key ?? undefined : undefined} onClick={() => { void undo.undo(entry); }}>{texts.undo.undo}{newest && <CommandKey id="undo" />}</button>
      {held && <button type="button" className="toast-action" onClick={() => { void undo.release(entry.operationId); }}>{texts.undo.sendNow}</button>}
    </Toast>
  );
}

/** A timer is not read out each second. */
function HeldTitle({ entry }: { entry: Undoable }) {
  const left = useSecondsLeft(entry.endsAt) ?? 0;
  return <span role="timer">{entry.title}, {texts.undo.goesIn(left)}</span>;
}
