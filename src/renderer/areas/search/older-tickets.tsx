import { CloudDownload } from 'lucide-react';
import type { OlderTicket } from '../../../contract/bridge.ts';
import { useAbility, useStoreOf, usePart } from '../../stores-context.tsx';
import { texts } from '../../texts.ts';
import { Button } from '../../kit/button.tsx';
import { fullTime, shortTime } from '../../kit/format.ts';
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
  const words = texts.older;
  return (
    <section className="older" aria-label={words.title}>
      {!asked && (
        <Button
          look="quiet"
          onClick={() => {
            void older.ask(query);
          }}
        >
          <CloudDownload size={14} aria-hidden="true" /> {words.ask}
        </Button>
      )}
      {asked && state.kind === 'asking' && (
        <p className="quiet" role="status">
          {words.asking}
        </p>
      )}
      {asked && state.kind === 'failed' && (
        <p className="quiet" role="status">
          {state.error === 'unreachable' ? words.offline : texts.errors[state.error].sentence}{' '}
          <button
            type="button"
            className="link-btn"
            onClick={() => {
              void older.ask(query);
            }}
          >
            {texts.retry}
          </button>
        </p>
      )}
      {asked && state.kind === 'found' && <Found tickets={state.tickets} />}
    </section>
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
                <bdi>{requester}</bdi>, <time title={fullTime(at)}>{shortTime(at, now)}</time>,{' '}
                {words.mark}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
