import { createStore, type StoreApi } from 'zustand/vanilla';
import type {
  CallOutput,
  SearchHit,
  SearchProblem,
  SearchSort,
  SearchStep,
  TicketFilter,
} from '../../../contract/bridge.ts';
import { searchWords } from '../../../core/search-query.ts';
import { createFinder, type Finder } from '../../../core/search-text.ts';
import type { Desk } from '../../bridge/client.ts';
import type { Live } from '../../bridge/live.ts';
import type { Toasts } from '../../toasts.ts';

export interface SearchState {
  query: string;
  /** The filter and the order of the results; both end when the box is emptied. */
  filter: TicketFilter;
  sort: SearchSort;
  /** The query that `hits` belong to; differs from `query` while the next result is under way. */
  answered: string;
  hits: SearchHit[];
  problems: SearchProblem[];
  /** Searches to try where nothing was found. */
  steps: SearchStep[];
  /** Some messages cannot be found yet. */
  indexing: boolean;
  /** Finds the answered words in a text; null where there are none. */
  find: Finder | null;
  /** Earlier searches, newest first, and the tags in use: read when the box gets the focus. */
  recent: string[];
  tags: string[];
}

/** Search on each keystroke; only the newest question's answer is shown. */
export interface Search {
  state: StoreApi<SearchState>;
  type(query: string): void;
  narrow(filter: TicketFilter): void;
  order(sort: SearchSort): void;
  /** Reads what the box can offer. */
  prepare(): void;
  /** The search has led somewhere. */
  remember(): void;
  /** Whether the list shows search results rather than a view. */
  active(): boolean;
  /** Whether no results are under way. */
  isAnswered(): boolean;
  clear(): void;
}

/** A search finds at most this many tickets: an agent who needs more narrows it down. */
export const mostHits = 100;
const nothing = { answered: '', hits: [], problems: [], steps: [], indexing: false, find: null };
const everything: Pick<SearchState, 'filter' | 'sort'> = { filter: {}, sort: 'match' };

export function createSearch(desk: Desk, toasts: Toasts): Search {
  const state = createStore<SearchState>(() => ({
    query: '',
    ...everything,
    ...nothing,
    recent: [],
    tags: [],
  }));
  const asking = createAsking(desk, toasts, state);
  const offers = createOffers(desk, toasts, state);
  const typed = (): string => state.getState().query.trim();
  return {
    state,
    type(query) {
      state.setState({ query });
      asking.ask();
    },
    narrow(filter) {
      state.setState({ filter });
      asking.ask();
    },
    order(sort) {
      state.setState({ sort });
      asking.ask();
    },
    prepare: offers.read,
    remember() {
      const query = typed();
      // Nobody waits for it: a search that is not remembered is typed again.
      if (query !== '') desk.call('search.remember', { query }).catch(() => undefined);
    },
    clear() {
      asking.end();
      offers.forget();
      state.setState({ query: '', ...everything, ...nothing, recent: [], tags: [] });
    },
    active: () => typed() !== '',
    isAnswered: asking.isOver,
  };
}

/** Asks the desk about the text in the box, one question at a time. */
interface Asking {
  ask(): void;
  /** Whether what was asked last has its answer. */
  isOver(): boolean;
  end(): void;
}

function createAsking(desk: Desk, toasts: Toasts, state: StoreApi<SearchState>): Asking {
  let live: Live<'search.query'> | null = null;
  /** The question under way, null: none; what has changed meanwhile is asked after it. */
  let asking: Question | null = null;

  function ask(): void {
    const question = questionOf(state.getState());
    if (question.query === '') {
      end();
      state.setState({ ...nothing, ...everything });
    } else if (asking === null) {
      asking = question;
      const input = { ...question, limit: mostHits, steps: true };
      if (live) live.ask(input);
      else live = desk.watch('search.query', input, { value: take, error: fail });
    }
  }
  function take(output: CallOutput<'search.query'>): void {
    const query = asking?.query ?? state.getState().answered;
    state.setState((before) => found(before, query, output));
    if (asking !== null) answered(asking);
  }
  function fail(error: unknown): void {
    toasts.fail(error);
    if (asking !== null) answered(asking);
  }
  function answered(question: Question): void {
    asking = null;
    if (!isSame(questionOf(state.getState()), question)) ask();
  }
  function end(): void {
    live?.end();
    live = null;
    asking = null;
  }
  return { ask, isOver: () => asking === null, end };
}

type Question = Pick<SearchState, 'query' | 'filter' | 'sort'>;

function questionOf({ query, filter, sort }: SearchState): Question {
  return { query: query.trim(), filter, sort };
}

function isSame(a: Question, b: Question): boolean {
  return a.query === b.query && a.filter === b.filter && a.sort === b.sort;
}

/** The state once `query` is answered. */
function found(
  before: SearchState,
  query: string,
  { hits, problems, indexing, steps }: CallOutput<'search.query'>,
): Partial<SearchState> {
  return {
    hits: keepSame(before.hits, hits),
    problems,
    steps,
    indexing,
    answered: query,
    find: before.answered === query ? before.find : createFinder(searchWords(query)),
  };
}

/** Reads what the box offers while nothing is typed. */
interface Offers {
  read(): void;
  /** Another account is shown nothing that was read for this one. */
  forget(): void;
}

function createOffers(desk: Desk, toasts: Toasts, state: StoreApi<SearchState>): Offers {
  let asked = 0;
  return {
    read() {
      const mine = (asked += 1);
      Promise.all([desk.call('search.recent', {}), desk.call('tags.list', {})]).then(
        ([{ queries }, tags]) => {
          if (asked === mine) state.setState({ recent: queries, tags: tags.map(({ tag }) => tag) });
        },
        (error: unknown) => {
          toasts.fail(error);
        },
      );
    },
    forget() {
      asked += 1;
    },
  };
}

/** Hits that did not change keep their object, so that they are not drawn again. */
function keepSame(before: readonly SearchHit[], after: SearchHit[]): SearchHit[] {
  const known = new Map(before.map((hit) => [hit.row.id, hit]));
  return after.map((hit) => {
    const old = known.get(hit.row.id);
    return old && JSON.stringify(old) === JSON.stringify(hit) ? old : hit;
  });
}
