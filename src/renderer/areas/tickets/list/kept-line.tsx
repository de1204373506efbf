import type { ViewId } from '../../../../contract/bridge.ts';
import { useStoreOf, usePart } from '../../../stores-context.tsx';
import { texts } from '../../../texts.ts';

const withClosed: readonly ViewId[] = ['closed', 'all'];

/**
 * Below a view that holds closed tickets, where not all of them are on this computer: how far back
 * they are.
 */
export function KeptLine() {
  const settings = usePart((s) => s.settings);
  const view = useStoreOf(
    (s) => s.inbox,
    (state) => state.view,
  );
  const days = useStoreOf(
    (s) => s.session,
    (state) => state.sync?.kept_days ?? null,
  );
  if (days === null || !withClosed.includes(view)) return null;
  return (
    <p className="kept-line">
      {texts.kept.line(days)}{' '}
      <button
        type="button"
        className="link-btn"
        onClick={() => {
          settings.show('storage');
        }}
      >
        {texts.kept.change}
      </button>
    </p>
  );
}
