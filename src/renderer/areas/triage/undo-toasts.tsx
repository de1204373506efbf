import { useSyncExternalStore } from 'react';
import { CommandKey, useKey } from '../../keys/key.tsx';
import { useStoreOf, usePart } from '../../stores-context.tsx';
import { isOnline } from '../../online.ts';
import type { Undoable } from './undo-entries.ts';
import { texts } from '../../texts.ts';
import { Toast } from '../../kit/toasts.tsx';
import { useSecondsLeft } from '../../kit/use-countdown.ts';

/** More would cover the list; an older one comes up again as the newer ones go. */
const visible = 1;

/** Toast of the newest change or message that can be undone and is still offered. */
export function UndoToasts() {
  const entries = useStoreOf(
    (s) => s.undo,
    (state) => state.entries,
  );
  const works = useUndoKeyWorks();
  const offered = entries.filter((entry) => entry.isOffered).slice(-visible);
  return offered.map((entry) => (
    <UndoToast key={entry.operationId} entry={entry} isByKey={works && entry === entries.at(-1)} />
  ));
}

/** Whether the undo key works now: in a text field it is a letter. */
function useUndoKeyWorks(): boolean {
  const composer = usePart((s) => s.composer);
  const undo = usePart((s) => s.undo);
  const commandKeys = usePart((s) => s.commandKeys);
  return useSyncExternalStore((changed) => {
    const ends = [composer.state.subscribe(changed), undo.state.subscribe(changed)];
    for (const name of focusEvents) document.addEventListener(name, changed);
    return () => {
      for (const end of ends) end();
      for (const name of focusEvents) document.removeEventListener(name, changed);
    };
  }, commandKeys.undoWorks);
}

const focusEvents = ['focusin', 'focusout'] as const;

function UndoToast({ entry, isByKey }: { entry: Undoable; isByKey: boolean }) {
  const undo = usePart((s) => s.undo);
  const online = useStoreOf(
    (s) => s.session,
    (state) => isOnline(state.sync),
  );
  const held = entry.kind === 'message';
  const dismiss = (): void => {
    undo.dismiss(entry.operationId);
  };
  return (
    <Toast
      kind={held ? 'info' : 'line'}
      title={!held ? entry.title : online ? <HeldTitle entry={entry} /> : texts.queued}
      body={entry.about}
      dismissLabel={texts.closePanel}
      {...(held ? {} : { onDismiss: dismiss })}
    >
      <UndoButton entry={entry} isByKey={isByKey} />
      {held && online && <SendNow entry={entry} />}
    </Toast>
  );
}

function UndoButton({ entry, isByKey }: { entry: Undoable; isByKey: boolean }) {
  const undo = usePart((s) => s.undo);
  const key = useKey('undo');
  return (
    <button
      type="button"
      className="toast-action"
      aria-keyshortcuts={isByKey ? (key ?? undefined) : undefined}
      onClick={() => {
        void undo.undo(entry);
      }}
    >
      {texts.undo.undo}
      {isByKey && <CommandKey id="undo" />}
    </button>
  );
}

function SendNow({ entry }: { entry: Undoable }) {
  const undo = usePart((s) => s.undo);
  return (
    <button
      type="button"
      className="toast-action"
      onClick={() => {
        void undo.release(entry.operationId);
      }}
    >
      {texts.undo.sendNow}
    </button>
  );
}

/** A timer is not read out each second. */
function HeldTitle({ entry }: { entry: Undoable }) {
  const left = useSecondsLeft(entry.endsAt) ?? 0;
  return <span role="timer">{texts.undo.sendingIn(left)}</span>;
}
