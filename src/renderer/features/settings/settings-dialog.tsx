import { undoWindows } from '../../../contract/bridge.ts';
import { useStoreOf, useStores } from '../../stores/context.tsx';
import { texts } from '../../texts.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';

/** The agent's own settings. Each takes effect at once. */
export function SettingsDialog() {
  const { settings: store } = useStores();
  const { shown, settings } = useStoreOf((s) => s.settings, (state) => state);
  if (!shown) return null;
  return (
    <Dialog label={texts.settings} onClose={store.hide}>
      <h2>{texts.settings}</h2>
      <fieldset className="setting">
        <legend>{texts.undoWindow}</legend>
        <p className="quiet">{texts.undoWindowHint}</p>
        <div className="segments">
          {undoWindows.map((seconds) => (
            <label key={seconds}>
              <input type="radio" name="undo-seconds" checked={settings?.undo_seconds === seconds} disabled={!settings} onChange={() => { store.set({ undo_seconds: seconds }); }} />
              <span>{texts.undoSeconds(seconds)}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <div className="dialog-end"><Button look="main" onClick={store.hide}>{texts.done}</Button></div>
    </Dialog>
  );
}
