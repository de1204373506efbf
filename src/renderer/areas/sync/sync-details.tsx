import { Info, RefreshCw } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { SyncDetail } from '../../../contract/bridge.ts';
import { useStoreOf, usePart } from '../../stores-context.tsx';
import { reasonText, texts } from '../../texts.ts';
import { Button } from '../../kit/button.tsx';
import { Fact } from '../../kit/fact.tsx';
import { age, formatCount, recentTime } from '../../kit/format.ts';
import { useSecondsLeft } from '../../kit/use-countdown.ts';
import { useSyncLine } from './use-sync-line.ts';

/** Button and panel with the details of sync, which are asked for only while the panel is open. */
export function SyncDetails() {
  const syncDetails = usePart((s) => s.syncDetails);
  const [open, setOpen] = useState(false);
  useEffect(() => (open ? syncDetails.watch() : undefined), [open, syncDetails]);
  return (
    <>
      <button
        type="button"
        className="icon-btn sync-info"
        popoverTarget="sync-details"
        aria-label={texts.syncDetails}
        title={texts.syncDetails}
      >
        <Info size={14} />
      </button>
      <div
        id="sync-details"
        popover="auto"
        role="dialog"
        aria-label={texts.syncDetails}
        className="pop pop-sync"
        onToggle={(event) => {
          setOpen(event.newState === 'open');
        }}
      >
        {open && <Facts />}
      </div>
    </>
  );
}

function Facts() {
  const syncDetails = usePart((s) => s.syncDetails);
  const { detail, nextAttemptAt } = useStoreOf(
    (s) => s.syncDetails,
    (state) => state,
  );
  if (!detail) return <p className="quiet">{texts.loading}</p>;
  const { state } = detail;
  return (
    <>
      <Heading state={state} />
      {state.only_own === true && (
        <p className="pop-hint">
          {texts.onlyOwn[0]}. {texts.onlyOwn[1]}
        </p>
      )}
      {state.reason !== null && <p className="pop-hint">{reasonText(state.reason)}</p>}
      <Figures detail={detail} nextAttemptAt={nextAttemptAt} />
      {canTry(state.phase) && (
        <Button icon={<RefreshCw size={13} aria-hidden="true" />} onClick={syncDetails.retry}>
          {texts.tryNow}
        </Button>
      )}
    </>
  );
}

function Heading({ state }: Pick<SyncDetail, 'state'>) {
  const { before, seconds, after, notSent } = useSyncLine(state);
  return <h2>{before + seconds + after + notSent}</h2>;
}

interface FiguresProps {
  detail: SyncDetail;
  nextAttemptAt: number | null;
}

function Figures({ detail, nextAttemptAt }: FiguresProps) {
  const { state, lag_ms: lag, failures, rebuilt_at: rebuilt } = detail;
  const server = useStoreOf(
    (s) => s.session,
    (one) => one.session?.server ?? '',
  );
  const nextIn = useSecondsLeft(nextAttemptAt);
  const oldest = when(detail.oldest_waiting_at);
  return (
    <dl className="facts">
      <Fact label={texts.syncLast}>{when(state.last_sync_at) ?? texts.never}</Fact>
      <Fact label={texts.syncStream}>{texts.streams[detail.stream]}</Fact>
      {lag !== null && <Fact label={texts.syncLag}>{lagText(lag)}</Fact>}
      {failures > 0 && <Fact label={texts.syncFailures}>{formatCount(failures)}</Fact>}
      {nextIn !== null && <Fact label={texts.syncNext}>{texts.inSeconds(nextIn)}</Fact>}
      {oldest !== null && <Fact label={texts.syncOldest}>{oldest}</Fact>}
      {state.not_sent > 0 && <Fact label={texts.syncNotSent}>{formatCount(state.not_sent)}</Fact>}
      {rebuilt !== null && <Fact label={texts.syncRebuilt}>{when(rebuilt)}</Fact>}
      <Fact label={texts.syncCached}>{formatCount(state.tickets_cached)}</Fact>
      <Fact label={texts.server}>{server.replace(/^https?:\/\//, '')}</Fact>
    </dl>
  );
}

/** While live everything arrives automatically; signed out there is nothing to try. */
function canTry(phase: SyncDetail['state']['phase']): boolean {
  return phase !== 'live' && phase !== 'signed-out' && phase !== 'sign-in-needed';
}

function when(at: number | null): string | null {
  const now = Date.now();
  return at === null ? null : `${recentTime(at, now)}, ${texts.ago(age(at, now))}`;
}

function lagText(ms: number): string {
  return ms < 1_000 ? '< 1 s' : `${Math.round(ms / 1_000)} s`;
}
