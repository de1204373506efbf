import { createStore, type StoreApi } from 'zustand/vanilla';
import type { CallOutput, SavedView } from '../../../../contract/bridge.ts';
import { isBlank, oneLine } from '../../../../core/text.ts';
import type { Desk } from '../../../bridge/client.ts';
import { texts } from '../../../texts.ts';
import { createFollowing, type Following } from '../../../bridge/following.ts';
import type { Inbox } from '../list/inbox.ts';
import type { SettingsStore } from '../../settings/settings-store.ts';
import type { Toasts } from '../../../toasts.ts';

/** The agent's own views, which are a setting, with their live counts. */
export interface SavedViews {
  state: StoreApi<{ counts: CallOutput<'views.saved'> }>;
  list(): readonly SavedView[];
  begin(): void;
  /**
   * Keeps what the list shows under a name, and shows that. A name that nobody can see is none,
   * here and below.
   */
  save(name: string): void;
  /** The view that is shown becomes what the list shows. */
  update(id: string): void;
  rename(id: string, name: string): void;
  remove(id: string): void;
  move(id: string, step: 1 | -1): void;
  clear(): void;
}

export interface SavedViewParts {
  desk: Desk;
  toasts: Toasts;
  settings: SettingsStore;
  inbox: Inbox;
}

export function createSavedViews({ desk, toasts, settings, inbox }: SavedViewParts): SavedViews {
  const { list, put, change } = createList(settings);
  return {
    ...createCounts(desk, toasts, settings, () => list().length > 0),
    list,
    save(typed) {
      const name = oneLine(typed);
      if (isBlank(name)) return;
      const view = { id: crypto.randomUUID(), name, query: inbox.query() };
      put([...list(), view]);
      inbox.showSaved(view.id, view.query);
    },
    update(id) {
      change(id, { query: inbox.query() });
    },
    rename(id, typed) {
      const name = oneLine(typed);
      if (!isBlank(name)) change(id, { name });
    },
    remove(id) {
      const before = [...list()];
      put(before.filter((view) => view.id !== id));
      if (inbox.state.getState().saved === id) inbox.show(inbox.query().view);
      const name = before.find((view) => view.id === id)?.name ?? '';
      offerBack(toasts, name, () => {
        put(before);
      });
    },
    move(id, step) {
      const moved = withMoved(list(), id, step);
      if (moved) put(moved);
    },
  };
}

/** The views as the agent's settings have them. */
interface List extends Pick<SavedViews, 'list'> {
  put(views: SavedView[]): void;
  change(id: string, part: Partial<SavedView>): void;
}

function createList(settings: SettingsStore): List {
  const list = (): readonly SavedView[] => settings.state.getState().settings?.saved_views ?? [];
  const put = (views: SavedView[]): void => {
    settings.set({ saved_views: views });
  };
  return {
    list,
    put,
    change(id, part) {
      put(list().map((view) => (view.id === id ? { ...view, ...part } : view)));
    },
  };
}

function offerBack(toasts: Toasts, name: string, run: () => void): void {
  const actions = [{ label: texts.undo.undo, run }];
  toasts.show({ kind: 'info', title: texts.saved.removed(name), body: '', actions });
}

/** The views with one moved by a step; null where it is none of them. */
function withMoved(all: readonly SavedView[], id: string, step: 1 | -1): SavedView[] | null {
  const views = [...all];
  const at = views.findIndex((view) => view.id === id);
  const [view] = views.splice(at, 1);
  if (!view) return null;
  views.splice(Math.max(0, at + step), 0, view);
  return views;
}

/** The live counts of the views, which are watched while there are any. */
function createCounts(
  desk: Desk,
  toasts: Toasts,
  settings: SettingsStore,
  hasViews: () => boolean,
): Pick<SavedViews, 'state' | 'begin' | 'clear'> {
  const state = createStore<Counts>(() => ({ counts: [] }));
  const counting = followCounts(desk, toasts, state);
  let isBegun = false;
  const count = (): void => {
    if (isBegun && hasViews()) counting.begin();
    else counting.end();
  };
  settings.state.subscribe((now, before) => {
    if (now.settings?.saved_views !== before.settings?.saved_views) count();
  });
  return {
    state,
    begin() {
      isBegun = true;
      count();
    },
    clear() {
      isBegun = false;
      counting.end();
      state.setState({ counts: [] });
    },
  };
}

interface Counts {
  counts: CallOutput<'views.saved'>;
}

const followCounts = (desk: Desk, toasts: Toasts, state: StoreApi<Counts>): Following =>
  createFollowing(
    desk,
    'views.saved',
    {},
    {
      value(counts) {
        state.setState({ counts });
      },
      error: toasts.fail,
    },
  );
