import type { SyncState } from '../../../contract/bridge.ts';
import { useAbility, useStoreOf, usePart } from '../../stores-context.tsx';
import { reasonText, texts } from '../../texts.ts';
import { nearTime } from '../../kit/format.ts';
import { useNow } from '../../kit/use-now.ts';
import { SyncDetails } from './sync-details.tsx';
import { useSyncLine } from './use-sync-line.ts';

const dots: Record<string, string> = { live: 'green', offline: 'offline', 'sign-in-needed': 'red' };

/**
 * The truth about sync, always on screen. The line opens the outbox, the button beside it says
 * more.
 */
export function SyncStatus() {
  const sync = useStoreOf(
    (s) => s.session,
    (state) => state.sync,
  );
  const problem = useStoreOf(
    (s) => s.session,
    (state) => state.problem,
  );
  const live = useAbility('live');
  const now = useNow();
  // Without the desk nobody knows: the line across the window says so.
  if (!sync || problem === 'shell-gone' || problem === 'window-stale') return null;
  return (
    <div
      className="sync"
      title={sync.reason !== null ? reasonText(sync.reason) : live ? undefined : texts.cannot.live}
    >
      <i className={`sync-dot ${dots[sync.phase] ?? 'blue'}`} aria-hidden="true" />
      <div>
        <Line sync={sync} />
        <div className="sync-under">
          {sync.last_sync_at !== null && (
            <span>{texts.synced(nearTime(sync.last_sync_at, now))}</span>
          )}
          {sync.only_own === true && sync.phase === 'live' && <span>{texts.onlyOwn[0]}</span>}
          {!live && sync.phase === 'live' && <span>{texts.everyMinute}</span>}
          <Remedy phase={sync.phase} />
        </div>
      </div>
      <SyncDetails />
    </div>
  );
}

function Line({ sync }: { sync: SyncState }) {
  const outbox = usePart((s) => s.outbox);
  const { before, seconds, after, notSent } = useSyncLine(sync);
  return (
    // Beside each other and not in each other: what a button contains is no status to a screen
    // reader.
    <div className="sync-line">
      <span role="status" aria-label={texts.syncLabel} className="sync-text">
        {before}
        {seconds !== '' && <span aria-hidden="true">{seconds}</span>}
        {after}
        {notSent !== '' && <span className="red">{notSent}</span>}
      </span>
      <button
        type="button"
        className="sync-open"
        aria-label={texts.undo.openOutbox}
        onClick={() => {
          outbox.show('waiting');
        }}
      />
    </div>
  );
}

/** The agent's way back to a live desk, where it is theirs to take. */
function Remedy({ phase }: { phase: SyncState['phase'] }) {
  const session = usePart((s) => s.session);
  const syncDetails = usePart((s) => s.syncDetails);
  if (phase === 'offline') return <Link label={texts.tryNow} onPress={syncDetails.retry} />;
  if (phase !== 'sign-in-needed') return null;
  return (
    <Link
      label={texts.signIn}
      onPress={() => {
        session.askToSignIn(true);
      }}
    />
  );
}

function Link({ label, onPress }: { label: string; onPress: () => void }) {
  return (
    <button type="button" className="link-btn" onClick={onPress}>
      {label}
    </button>
  );
}
