import { Inbox } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import type { ViewId } from '../../../../contract/bridge.ts';
import { useStoreOf } from '../../../stores-context.tsx';
import { isTicketInSight } from '../../../panels.ts';
import { texts } from '../../../texts.ts';
import { formatCount } from '../../../kit/format.ts';
import { EmptyState } from '../../../kit/empty-state.tsx';
import { KeptLine } from './kept-line.tsx';
import { ListHead } from './list-head.tsx';
import type { LeftRow, ListState } from './list-state.ts';
import { NothingFound } from '../../search/nothing-found.tsx';
import { OlderTickets } from '../../search/older-tickets.tsx';
import type { SearchState } from '../../search/search-store.ts';
import { FirstSteps, isEmptyWorkspace } from '../../session/first-steps.tsx';
import { Rows } from './rows.tsx';
import { SearchHead } from './search-head.tsx';
import { SelectionBar } from '../../triage/selection-bar.tsx';

/**
 * The middle pane: the tickets of the view, or what the search found. `foot`: what stands below
 * them.
 */
export function TicketList({ foot }: { foot?: ReactNode }) {
  const inbox = useStoreOf(
    (s) => s.inbox,
    (state) => state,
  );
  const search = useStoreOf(
    (s) => s.search,
    (state) => state,
  );
  const phase = useStoreOf(
    (s) => s.session,
    (state) => state.sync?.phase,
  );
  const name = useStoreOf(
    (s) => s.settings,
    (state) => state.settings?.saved_views.find((one) => one.id === inbox.saved)?.name ?? null,
  );
  const searching = search.query.trim() !== '';
  const { key, label, isBusy, ...listed } = searching ? foundBy(search) : listedIn(inbox, name);
  const isWaiting = isBusy || (!searching && phase === 'starting');
  const hasNothing = listed.rows.length === 0 && !listed.left;
  const isFirst = useIsEmptyWorkspace(inbox.view) && hasNothing && !searching && !isWaiting;
  const standsAlone = useStoreOf(
    (s) => s.panels,
    (state) => !isTicketInSight(state),
  );
  // A role and not another element, which would lose where the list is scrolled to.
  const role = standsAlone || isFirst ? 'main' : undefined;
  return (
    <section className="list" role={role} aria-label={label} aria-busy={isBusy}>
      {searching ? <SearchHead /> : <ListHead />}
      {phase === 'first-sync' && <FirstSync />}
      <div className="list-body">
        <Rows key={key} {...listed} />
        {isFirst && <FirstSteps />}
        {hasNothing && !isFirst && <Nothing searching={searching} waiting={isWaiting} />}
      </div>
      {searching ? <OlderTickets query={search.query.trim()} /> : <KeptLine />}
      <SelectionBar searching={searching} />
      {foot}
    </section>
  );
}

/** The tickets to show, and how the pane is called while it shows them. */
interface Shown extends ComponentProps<typeof Rows> {
  /** Differs where the rows are to begin at their top again. */
  key: string;
  label: string;
  /** They are asked for, and not here yet. */
  isBusy: boolean;
}

function listedIn(inbox: ListState, name: string | null): Shown {
  const { view, filter, sort, rows, first, total, left, leaving, loaded } = inbox;
  return {
    key: JSON.stringify([view, filter, sort]),
    label: name ?? texts.views[view],
    isBusy: !loaded,
    rows,
    first,
    total,
    left,
    leaving,
    found: null,
  };
}

const none: readonly LeftRow[] = [];

function foundBy({ query, answered, hits, filter, sort }: SearchState): Shown {
  return {
    key: JSON.stringify(['search', filter, sort]),
    label: texts.searchResults,
    isBusy: answered !== query.trim(),
    rows: hits.map((hit) => hit.row),
    first: 0,
    total: hits.length,
    left: null,
    leaving: none,
    found: new Map(hits.map((hit) => [hit.row.id, hit])),
  };
}

/** While everything is copied for the first time: how far it is, and that nobody need wait. */
function FirstSync() {
  const cached = useStoreOf(
    (s) => s.session,
    (state) => state.sync?.tickets_cached ?? 0,
  );
  return (
    <div className="first-sync">
      <p>
        <strong>{texts.sync.firstSync(formatCount(cached))}</strong> {texts.firstSyncHint}
      </p>
      <div role="progressbar" aria-label={texts.firstSync}>
        <i />
      </div>
    </div>
  );
}

function Nothing({ searching, waiting }: { searching: boolean; waiting: boolean }) {
  const { view, filter } = useStoreOf(
    (s) => s.inbox,
    (state) => state,
  );
  const onlyOwn = useStoreOf(
    (s) => s.session,
    (state) => state.sync?.only_own ?? false,
  );
  if (waiting)
    return (
      <div className="skeleton" aria-hidden="true">
        {Array.from({ length: 8 }, (_, i) => (
          <div key={i}>
            <i />
            <i />
            <i />
          </div>
        ))}
      </div>
    );
  if (searching) return <NothingFound />;
  const ofView = onlyOwn && !keptHere.has(view) ? texts.onlyOwn : texts.emptyViews[view];
  const [title, hint] = Object.keys(filter).length > 0 ? texts.list.emptyFiltered : ofView;
  return <EmptyState icon={<Inbox size={26} strokeWidth={1.4} />} title={title} hint={hint} />;
}

/** Whether the view is empty because the server has no ticket at all. */
function useIsEmptyWorkspace(view: ViewId): boolean {
  const isEmpty = useStoreOf(
    (s) => s.session,
    (state) => isEmptyWorkspace(state.sync),
  );
  return isEmpty && !keptHere.has(view);
}

/** Views of work that is on this computer, whatever the server shows. */
const keptHere: ReadonlySet<ViewId> = new Set(['drafts']);
