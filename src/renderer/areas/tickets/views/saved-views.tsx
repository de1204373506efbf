import { Ellipsis, Inbox } from 'lucide-react';
import { useState } from 'react';
import type { SavedView } from '../../../../contract/bridge.ts';
import { useStoreOf, usePart } from '../../../stores-context.tsx';
import { texts } from '../../../texts.ts';
import { formatCount } from '../../../kit/format.ts';
import { Menu } from '../../../kit/menu.tsx';
import { useIsShown } from './use-is-shown.ts';

const none: readonly SavedView[] = [];

/** The agent's own views, with their live counts. */
export function SavedViewsList() {
  const views = useStoreOf(
    (s) => s.settings,
    (state) => state.settings?.saved_views ?? none,
  );
  if (views.length === 0) return null;
  return (
    <>
      <h2 className="rail-group">{texts.saved.heading}</h2>
      <div className="saved-views" data-keep-focus>
        {views.map((view, i) => (
          <Saved key={view.id} view={view} first={i === 0} last={i === views.length - 1} />
        ))}
      </div>
    </>
  );
}

interface SavedProps {
  view: SavedView;
  first: boolean;
  last: boolean;
}

function Saved({ view, first, last }: SavedProps) {
  const [renaming, setRenaming] = useState(false);
  if (renaming)
    return (
      <Rename
        view={view}
        onDone={() => {
          setRenaming(false);
        }}
      />
    );
  return (
    <div className="saved-view" data-item>
      <SavedButton view={view} />
      <ViewMenu
        view={view}
        first={first}
        last={last}
        onRename={() => {
          setRenaming(true);
        }}
      />
    </div>
  );
}

function SavedButton({ view }: { view: SavedView }) {
  const navigation = usePart((s) => s.navigation);
  const on = useIsShown(({ saved }) => saved === view.id);
  const counts = useStoreOf(
    (s) => s.savedViews,
    (state) => state.counts.find((one) => one.id === view.id),
  );
  return (
    <button
      type="button"
      className={`view ${on ? 'on' : ''}`}
      aria-current={on ? 'page' : undefined}
      title={view.name}
      onClick={() => {
        navigation.showSaved(view);
      }}
    >
      <Inbox size={15} strokeWidth={1.8} aria-hidden="true" />
      <span dir="auto">{view.name}</span>
      {(counts?.unread ?? 0) > 0 && (
        <i className="unread-dot" title={`${counts?.unread} ${texts.unreadMark}`} />
      )}
      {(counts?.count ?? 0) > 0 && <b>{formatCount(counts?.count ?? 0)}</b>}
    </button>
  );
}

function ViewMenu({ view, first, last, onRename }: SavedProps & { onRename: () => void }) {
  const savedViews = usePart((s) => s.savedViews);
  const moveBy = (places: 1 | -1) => () => {
    savedViews.move(view.id, places);
  };
  return (
    <Menu
      label={texts.saved.actions(view.name)}
      className="icon-btn saved-more"
      items={[
        { id: 'rename', label: texts.saved.rename, run: onRename },
        { id: 'up', label: texts.saved.moveUp, disabled: first, run: moveBy(-1) },
        { id: 'down', label: texts.saved.moveDown, disabled: last, run: moveBy(1) },
        {
          id: 'remove',
          label: texts.saved.remove,
          run: () => {
            savedViews.remove(view.id);
          },
        },
      ]}
    >
      <Ellipsis size={14} aria-hidden="true" />
    </Menu>
  );
}

/** Enter takes the new name, Escape leaves the old one. */
function Rename({ view, onDone }: { view: SavedView; onDone: () => void }) {
  const savedViews = usePart((s) => s.savedViews);
  const [name, setName] = useState(view.name);
  function take(): void {
    if (name.trim() !== '' && name.trim() !== view.name) savedViews.rename(view.id, name.trim());
    onDone();
  }
  return (
    <form
      className="saved-rename"
      data-item
      onSubmit={(event) => {
        event.preventDefault();
        take();
      }}
    >
      <input
        ref={beginTyping}
        aria-label={texts.saved.name}
        value={name}
        maxLength={60}
        onChange={(event) => {
          setName(event.target.value);
        }}
        onBlur={take}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            event.stopPropagation();
            onDone();
          }
        }}
      />
    </form>
  );
}

/** As a ref: the field is opened to be typed in. */
function beginTyping(field: HTMLInputElement | null): void {
  if (!field || document.activeElement === field) return;
  field.focus();
  field.select();
}
