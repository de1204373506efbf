import { X } from 'lucide-react';
import { useEffect, useRef, type KeyboardEvent, type ReactNode, type Ref } from 'react';
import type { OutboxItem } from '../../../contract/bridge.ts';
import type { OutboxTab } from './outbox-store.ts';
import { useStoreOf, usePart } from '../../stores-context.tsx';
import { texts } from '../../texts.ts';
import { formatCount } from '../../kit/format.ts';
import { IconButton } from '../../kit/button.tsx';
import { onListKey } from '../../kit/item-keys.ts';
import { Bin } from './bin.tsx';
import { Journal } from './journal.tsx';
import { Waiting } from './waiting.tsx';

const tabs: readonly OutboxTab[] = ['waiting', 'sent', 'bin'];

interface Props {
  /** Stands above what waits. */
  notice: ReactNode;
  /** Draws what needs the agent; a slot, since the thread draws the same. */ card: (
    item: OutboxItem,
    behind: number,
  ) => ReactNode;
}

/**
 * Operations that are not sent and why, those that were sent and how, and those that were
 * discarded. All of it works by keyboard.
 */
export function OutboxScreen({ notice, card }: Props) {
  const tab = useTab();
  const list = useRef<HTMLDivElement>(null);
  const selected = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    (list.current?.querySelector<HTMLElement>('[data-item]') ?? selected.current)?.focus();
  }, []);
  return (
    <section className="outbox" aria-label={texts.outbox} data-keep-focus>
      <Head selected={selected} />
      <div
        ref={list}
        className="outbox-list"
        id="outbox-list"
        role="tabpanel"
        aria-labelledby={`outbox-tab-${tab}`}
        onKeyDown={(event: KeyboardEvent<HTMLElement>) => {
          onListKey(event.currentTarget, event.nativeEvent);
        }}
      >
        <div className="outbox-column">
          {tab === 'waiting' && notice}
          {tab === 'waiting' ? <Waiting card={card} /> : tab === 'sent' ? <Journal /> : <Bin />}
        </div>
      </div>
    </section>
  );
}

function useTab(): OutboxTab {
  return useStoreOf(
    (s) => s.outbox,
    (state) => state.tab,
  );
}

/** `selected`: the button of the tab in sight. */
function Head({ selected }: { selected: Ref<HTMLButtonElement> }) {
  const outbox = usePart((s) => s.outbox);
  return (
    <header className="outbox-head">
      <h1>{texts.outbox}</h1>
      <Tabs selected={selected} />
      <p className="outbox-keys" aria-hidden="true">
        <kbd>J</kbd>
        <kbd>K</kbd> {texts.outboxMove} <kbd>↵</kbd> {texts.outboxOpen}
      </p>
      <IconButton label={texts.closePanel} onClick={outbox.hide}>
        <X size={16} />
      </IconButton>
    </header>
  );
}

function Tabs({ selected }: { selected: Ref<HTMLButtonElement> }) {
  const outbox = usePart((s) => s.outbox);
  const tab = useTab();
  function onKey(event: KeyboardEvent): void {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const next = tabs[tabs.indexOf(tab) + step];
    if (step === 0 || !next) return;
    event.preventDefault();
    outbox.show(next);
    document.getElementById(`outbox-tab-${next}`)?.focus();
  }
  return (
    <div className="tabs" role="tablist" aria-label={texts.outboxTabsLabel} onKeyDown={onKey}>
      {tabs.map((one) => (
        <Tab key={one} tab={one} selected={one === tab} button={one === tab ? selected : null} />
      ))}
    </div>
  );
}

function Tab({
  tab,
  selected,
  button,
}: {
  tab: OutboxTab;
  selected: boolean;
  button: Ref<HTMLButtonElement>;
}) {
  const outbox = usePart((s) => s.outbox);
  const count = useStoreOf(
    (s) => s.outbox,
    (state) => (tab === 'waiting' ? state.items.length : 0),
  );
  return (
    <button
      ref={button}
      type="button"
      role="tab"
      id={`outbox-tab-${tab}`}
      aria-selected={selected}
      aria-controls="outbox-list"
      tabIndex={selected ? 0 : -1}
      className="tab"
      onClick={() => {
        outbox.show(tab);
      }}
    >
      {texts.outboxTabs[tab]}
      {count > 0 && <b>{formatCount(count)}</b>}
    </button>
  );
}
