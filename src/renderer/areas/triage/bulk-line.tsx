import { ListChecks, X } from 'lucide-react';
import { useEffect } from 'react';
import { bulkOutcomes, type Bulk, type BulkOutcome } from '../../../contract/bridge.ts';
import { hasLine, isUnderWay } from './bulks.ts';
import { useStoreOf, usePart } from '../../stores-context.tsx';
import { bulkText, texts } from '../../texts.ts';
import { formatCount } from '../../kit/format.ts';
import { IconButton } from '../../kit/button.tsx';

/** A bulk that is settled and needs nobody is put away automatically after this. */
const staysMs = 12_000;

/** At the foot of the list: how far the last bulk is. */
export function BulkLine() {
  const store = usePart((s) => s.bulks);
  const bulk = useStoreOf(
    (s) => s.bulks,
    (state) => state.bulks.find((one) => one.id === state.inSight) ?? null,
  );
  const over =
    bulk !== null && !isUnderWay(bulk) && bulk.counts['not-sent'] + bulk.counts.failed === 0;
  useEffect(() => {
    if (!over) return undefined;
    const timer = setTimeout(store.putAway, staysMs);
    return () => {
      clearTimeout(timer);
    };
  }, [over, store]);
  return bulk && hasLine(bulk) && <Line bulk={bulk} />;
}

function Line({ bulk }: { bulk: Bulk }) {
  const store = usePart((s) => s.bulks);
  const title = useBulkTitle(bulk);
  return (
    <section className="bulk" aria-label={texts.bulk.label} data-keep-focus>
      <div className="bulk-top">
        <ListChecks size={15} aria-hidden="true" />
        <strong>{title}</strong>
        <IconButton label={texts.closePanel} onClick={store.putAway}>
          <X size={14} />
        </IconButton>
      </div>
      <Progress bulk={bulk} />
      <div className="bulk-under">
        <span role="status">{countsText(bulk)}</span>
        <button
          type="button"
          className="link-btn"
          onClick={() => {
            store.show(bulk.id);
          }}
        >
          {texts.bulk.showResults}
        </button>
      </div>
    </section>
  );
}

/** Title of a bulk; one that was undone says so. */
export function useBulkTitle(bulk: Bulk): string {
  const members = useStoreOf(
    (s) => s.staff,
    (state) => state.members,
  );
  const title = bulkText(
    bulk.action,
    bulk.total,
    (id) => members.find((member) => member.id === id)?.name ?? texts.colleague,
  );
  return bulk.undone && bulk.counts.undone > 0 ? texts.undo.undone(title) : title;
}

/** Number of tickets of each outcome, those that need the agent first. */
export function countsText({ counts }: Bulk): string {
  const order: readonly BulkOutcome[] = [
    'not-sent',
    'failed',
    ...bulkOutcomes.filter((outcome) => outcome !== 'not-sent' && outcome !== 'failed'),
  ];
  return order
    .filter((outcome) => counts[outcome] > 0)
    .map((outcome) => texts.bulk.outcomes[outcome](formatCount(counts[outcome])))
    .join(', ');
}

export function Progress({ bulk }: { bulk: Bulk }) {
  const { counts, total } = bulk;
  const settled = total - counts.todo - counts.waiting;
  const trouble = counts['not-sent'] + counts.failed;
  const share = (n: number): string => `${total === 0 ? 0 : (n / total) * 100}%`;
  return (
    <div
      className="bulk-bar"
      role="progressbar"
      aria-label={texts.bulk.progress}
      aria-valuemin={0}
      aria-valuemax={total}
      aria-valuenow={settled}
      aria-valuetext={countsText(bulk)}
    >
      <i className="bulk-done" style={{ width: share(settled - trouble) }} />
      <i className="bulk-trouble" style={{ width: share(trouble) }} />
      <i className="bulk-waiting" style={{ width: share(counts.waiting) }} />
    </div>
  );
}
