import { useState } from 'react';
import type { Bulk, BulkResult } from '../../../contract/bridge.ts';
import { useAbility, useStoreOf, usePart } from '../../stores-context.tsx';
import { texts } from '../../texts.ts';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { formatCount } from '../../kit/format.ts';
import { Pill, type Tone } from '../../kit/pill.tsx';
import { isReading } from './bulks.ts';
import { countsText, Progress, useBulkTitle } from './bulk-line.tsx';

const step = 60;
const tones: Record<BulkResult['outcome'], Tone> = {
  todo: 'grey',
  waiting: 'amber',
  done: 'green',
  'not-sent': 'red',
  failed: 'red',
  skipped: 'grey',
  undone: 'grey',
};

/** Result of a bulk for each of its tickets. */
export function BulkDialog() {
  const shown = useStoreOf(
    (s) => s.bulks,
    (state) => state.bulks.find((one) => one.id === state.shown) ?? null,
  );
  return shown && <Results key={shown.id} bulk={shown} />;
}

function Results({ bulk }: { bulk: Bulk }) {
  const store = usePart((s) => s.bulks);
  const title = useBulkTitle(bulk);
  return (
    <Dialog label={`${texts.bulk.label}: ${title}`} onClose={store.hide}>
      <h2>{title}</h2>
      <Progress bulk={bulk} />
      <p className="quiet">{countsText(bulk)}</p>
      <ResultList />
      <ResultActions bulk={bulk} />
    </Dialog>
  );
}

/** The results, as many as the agent asked for. */
function ResultList() {
  const results = useStoreOf(
    (s) => s.bulks,
    (state) => state.results,
  );
  const [limit, setLimit] = useState(step);
  return (
    <ul className="bulk-results" aria-label={texts.bulk.results} tabIndex={0}>
      {results.slice(0, limit).map((result) => (
        <Result key={result.ticket_id} result={result} />
      ))}
      {results.length > limit && (
        <li>
          <Button
            look="quiet"
            onClick={() => {
              setLimit(limit + 4 * step);
            }}
          >
            {texts.bulk.showMore(formatCount(results.length - limit))}
          </Button>
        </li>
      )}
    </ul>
  );
}

function ResultActions({ bulk }: { bulk: Bulk }) {
  const store = usePart((s) => s.bulks);
  const canReopen = useAbility('changes');
  const trouble = bulk.counts['not-sent'] + bulk.counts.failed;
  return (
    <div className="dialog-end bulk-end">
      {isUndoable(bulk, canReopen) && (
        <Button
          onClick={() => {
            store.undo(bulk.id);
          }}
        >
          {texts.bulk.undoAll}
        </Button>
      )}
      {trouble > 0 && !bulk.undone && (
        <Button
          onClick={() => {
            store.retry(bulk.id);
          }}
        >
          {texts.bulk.retry(formatCount(trouble))}
        </Button>
      )}
      <Button look="main" onClick={store.hide}>
        {texts.done}
      </Button>
    </div>
  );
}

/** Whether part of it can be undone: a close that is done needs a server that can reopen. */
function isUndoable({ action, counts, undone }: Bulk, canReopen: boolean): boolean {
  if (undone || isReading(action)) return false;
  const isFinal = action.kind === 'close' && !canReopen;
  const done = isFinal ? 0 : counts.done;
  return counts.todo + counts.waiting + counts['not-sent'] + done > 0;
}

function Result({ result }: { result: BulkResult }) {
  const bulks = usePart((s) => s.bulks);
  const navigation = usePart((s) => s.navigation);
  const { outcome, subject, requester, reason } = result;
  return (
    <li className="bulk-result">
      <Pill tone={tones[outcome]}>{texts.bulk.outcome[outcome]}</Pill>
      <button
        type="button"
        className="bulk-subject"
        dir="auto"
        onClick={() => {
          bulks.hide();
          navigation.openTicket(result.ticket_id);
        }}
      >
        {subject || texts.bulk.gone}
      </button>
      <span className="quiet">
        <bdi>{requester}</bdi>
      </span>
      {reason !== null && <span className="bulk-why">{reasonText(reason)}</span>}
    </li>
  );
}

function reasonText(reason: NonNullable<BulkResult['reason']>): string {
  if (reason === 'ticket-not-found') return texts.bulk.gone;
  if (reason === 'not-undoable') return texts.bulk.notUndoable;
  return reason in texts.cards
    ? texts.cards[reason as keyof typeof texts.cards][0]
    : texts.bulk.outcome.failed;
}
