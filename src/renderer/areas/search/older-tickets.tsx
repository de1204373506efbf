import { CloudDownload } from 'lucide-react';
import type { OlderTicket } from '../../../contract/bridge.ts';
import type { BridgeErrorCode } from '../../../contract/errors.ts';
import { useAbility, useStoreOf, usePart } from '../../stores-context.tsx';
import { texts } from '../../texts.ts';
import { Button } from '../../kit/button.tsx';
import { fullTime, shortTimeInText } from '../../kit/format.ts';
import { useNow } from '../../kit/use-now.ts';

/**
 * Below what a search has found here, where not all tickets are here: the same search at the
 * server.
 */
export function OlderTickets({ query }: { query: string }) {
  const older = usePart((s) => s.older);
  const state = useStoreOf(
    (s) => s.older,
    (one) => one,
  );
  const days = useStoreOf(
    (s) => s.session,
    (one) => one.sync?.kept_days ?? null,
  );
  const able = useAbility('search');
  if (days === null || !able) return null;
  const asked = state.kind !== 'none' && state.query === query;
  const ask = (): void => {
    void older.ask(query);
  };
  return (
    <section className="older" aria-label={texts.older.title}>
      {!asked && (
        <Button look="quiet" onClick={ask}>
          <CloudDownload size={14} aria-hidden="true" /> {texts.older.ask}
        </Button>
      )}
      {asked && state.kind === 'asking' && (
        <p className="quiet" role="status">
          {texts.older.asking}
        </p>
      )}
      {asked && state.kind === 'failed' && <Failed error={state.error} onRetry={ask} />}
      {asked && state.kind === 'found' && <Found tickets={state.tickets} />}
    </section>
  );
}

function Failed({ error, onRetry }: { error: BridgeErrorCode; onRetry: () => void }) {
  return (
    <p className="quiet" role="status">
      {error === 'unreachable' ? texts.older.offline : texts.errors[error].sentence}{' '}
      <button type="button" className="link-btn" onClick={onRetry}>
        {texts.retry}
      </button>
    </p>
  );
}

function Found({ tickets }: { tickets: readonly OlderTicket[] }) {
  const navigation = usePart((s) => s.navigation);
  const selected = useStoreOf(
    (s) => s.inbox,
    (state) => state.selected,
  );
  const now = useNow();
  const words = texts.older;
  return (
    <>
      <p className="quiet" role="status">
        {words.found(tickets.length)}
      </p>
      <ul>
        {tickets.map(({ id, subject, requester, activity_at: at }) => (
          <li key={id}>
            <button
              type="button"
              aria-current={id === selected ? 'true' : undefined}
              onClick={() => {
                navigation.openTicket(id);
              }}
            >
              <b dir="auto">{subject}</b>
              <span className="quiet">
                <bdi>{requester}</bdi>, <time title={fullTime(at)}>{shortTimeInText(at, now)}</time>
                , {words.mark}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
