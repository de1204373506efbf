import { undoWindows } from '../../../contract/bridge.ts';
import { useStoreOf, useStores } from '../../stores/context.tsx';
import { texts } from '../../texts.ts';
import { Segments } from '../../ui/segments.tsx';

/** How long a reply is held before it goes. */
export function UndoSection() {
  const { settings: store } = useStores();
  const value = useStoreOf((s) => s.settings, (state) => state.settings?.undo_seconds ?? null);
  return <Segments label={texts.undoWindow} hint={texts.undoWindowHint} options={undoWindows.map((seconds) => ({ value: seconds, label: texts.undoSeconds(seconds) }))} value={value} onChange={(seconds) => { store.set({ undo_seconds: seconds }); }} />;
}
