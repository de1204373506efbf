import { heldAtQuit, undoWindows } from '../../../contract/bridge.ts';
import { useStoreOf, usePart } from '../../stores-context.tsx';
import { texts } from '../../texts.ts';
import { Segments } from '../../kit/segments.tsx';

/**
 * Settings of the undo window: how long a reply is held before it is sent, and its fate when the
 * app is closed meanwhile.
 */
export function UndoSection() {
  const store = usePart((s) => s.settings);
  const settings = useStoreOf(
    (s) => s.settings,
    (state) => state.settings,
  );
  const windows = undoWindows.map((seconds) => ({
    value: seconds,
    label: texts.undoSeconds(seconds),
  }));
  const atQuit = heldAtQuit.map((choice) => ({ value: choice, label: texts.heldAtQuit[choice] }));
  return (
    <>
      <Segments
        label={texts.undoWindow}
        hint={texts.undoWindowHint}
        options={windows}
        value={settings?.undo_seconds ?? null}
        onChange={(seconds) => {
          store.set({ undo_seconds: seconds });
        }}
      />
      {settings && settings.undo_seconds > 0 && (
        <Segments
          label={texts.heldAtQuitLabel}
          hint={texts.heldAtQuitHint}
          options={atQuit}
          value={settings.held_at_quit}
          onChange={(choice) => {
            store.set({ held_at_quit: choice });
          }}
        />
      )}
    </>
  );
}
