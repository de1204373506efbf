import { areDetailsOver, type Panels, type Room } from './panels.ts';

/** As in layout.css and narrow.css. */
const rooms: readonly [Room, string][] = [
  ['one', '(width < 700px)'],
  ['over', '(width < 1180px), (1600px <= width < 1780px)'],
];

/**
 * Tells the stores how many panes the window has room for, and the styles which one is in front.
 */
export function installPanes(panels: Panels): () => void {
  const queries = rooms.map(([room, query]) => ({ room, query: matchMedia(query) }));
  const measure = (): void => {
    panels.setRoom(queries.find(({ query }) => query.matches)?.room ?? 'all');
  };
  // At once and not when it is drawn: what is hidden takes no focus, and the next key is on its
  // way.
  const show = (): void => {
    document.documentElement.dataset['pane'] = panels.state.getState().pane;
  };
  const end = panels.state.subscribe((now, before) => {
    show();
    if (now.room === 'one' && now.pane !== before.pane) requestAnimationFrame(focusPane);
  });
  for (const { query } of queries) query.addEventListener('change', measure);
  measure();
  show();
  return () => {
    end();
    for (const { query } of queries) query.removeEventListener('change', measure);
  };
}

/** From the details to the conversation, and from there to the list. */
export function goBack(panels: Panels): void {
  if (areDetailsOver(panels.state.getState())) {
    panels.toggleDetails();
    requestAnimationFrame(() => {
      document.querySelector<HTMLElement>('.details-toggle')?.focus();
    });
  } else panels.showPane('list');
}

/** Puts the keyboard into the list, or where that is hidden into the conversation. */
export function focusTickets(): void {
  const places = ['#tickets', '[role=log]'].map((place) =>
    document.querySelector<HTMLElement>(place),
  );
  places.find((element) => element?.checkVisibility({ visibilityProperty: true }))?.focus();
}

/**
 * Moves the focus, whose element has gone with the other pane; a field that was opened with this
 * one keeps it.
 */
function focusPane(): void {
  const { activeElement: at } = document;
  if (at === null || at === document.body || !at.checkVisibility({ visibilityProperty: true }))
    focusTickets();
}
