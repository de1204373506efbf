import { afterActions } from '../../../contract/bridge.ts';
import { useStoreOf, usePart } from '../../stores-context.tsx';
import { texts } from '../../texts.ts';
import { Segments } from '../../kit/segments.tsx';

/** Setting of where an action that takes the open ticket out of the view leaves the agent. */
export function AfterActionSection() {
  const store = usePart((s) => s.settings);
  const chosen = useStoreOf(
    (s) => s.settings,
    (state) => state.settings?.after_action ?? null,
  );
  return (
    <Segments
      label={texts.afterAction}
      hint={texts.afterActionHint}
      options={afterActions.map((value) => ({ value, label: texts.afterActions[value] }))}
      value={chosen}
      onChange={(after_action) => {
        store.set({ after_action });
      }}
    />
  );
}
