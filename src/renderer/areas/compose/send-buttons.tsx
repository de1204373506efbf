import { ChevronUp, Lock, Send } from 'lucide-react';
import { useRef, type KeyboardEvent } from 'react';
import { waitChoices, type MessageKind, type SendFinish } from '../../../contract/bridge.ts';
import { useKey } from '../../keys/key.tsx';
import { useAbility, usePart, useStoreOf } from '../../stores-context.tsx';
import { texts } from '../../texts.ts';
import { Button } from '../../kit/button.tsx';

interface Props {
  kind: MessageKind;
  /** Why nothing can go; null when it can. */ off: string | null;
  empty: boolean;
  onSend: (finish: SendFinish | null) => void;
}

const finishes = [
  { finish: 'close', command: 'replyAndClose' },
  { finish: 'wait', command: 'replyAndWait' },
] as const;

/** Sends, and beside it for a reply the ways that also settle how the ticket goes on. */
export function SendButtons({ kind, off, empty, onSend }: Props) {
  const disabled = off !== null || empty;
  const look = kind === 'note' ? 'note' : 'main';
  const send = useKey('send');
  return (
    <div className="send-buttons">
      {send !== null && <kbd aria-hidden="true">{keyLabel(send)}</kbd>}
      <Button
        look={look}
        disabled={disabled}
        title={off ?? undefined}
        onClick={() => {
          onSend(null);
        }}
        icon={
          kind === 'note' ? (
            <Lock size={13} aria-hidden="true" />
          ) : (
            <Send size={13} aria-hidden="true" />
          )
        }
      >
        {texts.sendWhat[kind]}
      </Button>
      {kind === 'reply' && <MoreWays look={look} disabled={disabled} onSend={onSend} />}
    </div>
  );
}

interface MoreProps {
  look: 'note' | 'main';
  disabled: boolean;
  onSend: (finish: SendFinish | null) => void;
}

/** The menu beside the button. */
function MoreWays({ look, disabled, onSend }: MoreProps) {
  const menu = useRef<HTMLDivElement>(null);
  return (
    <>
      <Button
        look={look}
        className="send-more"
        aria-label={texts.composer.moreWays}
        title={texts.composer.moreWays}
        aria-haspopup="menu"
        disabled={disabled}
        popoverTarget="send-menu"
        icon={<ChevronUp size={14} aria-hidden="true" />}
      />
      <div
        ref={menu}
        id="send-menu"
        popover="auto"
        role="menu"
        aria-label={texts.composer.moreWays}
        className="pop pop-send"
        onKeyDown={onMenuKey}
      >
        {finishes.map((way, i) => (
          <Way
            key={way.finish}
            way={way}
            first={i === 0}
            onChoose={() => {
              menu.current?.hidePopover();
              onSend(way.finish);
            }}
          />
        ))}
        <WaitDays />
      </div>
    </>
  );
}

interface WayProps {
  way: (typeof finishes)[number];
  first: boolean;
  onChoose: () => void;
}

function Way({ way: { finish, command }, first, onChoose }: WayProps) {
  const canWait = useAbility('changes');
  const key = useKey(command);
  const isOff = finish === 'wait' && !canWait;
  return (
    <button
      ref={first ? focusOnOpen : undefined}
      type="button"
      role="menuitem"
      tabIndex={-1}
      className="send-way"
      disabled={isOff}
      title={isOff ? texts.cannot.changes : undefined}
      aria-label={texts.commands[command]}
      onClick={onChoose}
    >
      <span>{texts.commands[command]}</span>
      {key !== null && <kbd aria-hidden="true">{keyLabel(key)}</kbd>}
    </button>
  );
}

/** The longest wait of the second way: the agent's last choice, made in the menu itself. */
function WaitDays() {
  const settings = usePart((s) => s.settings);
  const canWait = useAbility('changes');
  const chosen = useStoreOf(
    (s) => s.settings,
    (state) => state.settings?.wait_days,
  );
  return (
    <div className="send-wait" role="group" aria-label={texts.composer.wakesAtLatest}>
      <span className="quiet" aria-hidden="true">
        {texts.composer.wakesAtLatest}
      </span>
      {waitChoices.map((days) => (
        <button
          key={days}
          type="button"
          role="menuitemradio"
          aria-checked={days === chosen}
          tabIndex={-1}
          disabled={!canWait}
          onClick={() => {
            settings.set({ wait_days: days });
          }}
        >
          {texts.composer.waitFor(days)}
        </button>
      ))}
    </div>
  );
}

/**
 * The platform gives the focus as it opens the popover; told of it afterwards, we would be later
 * than a quick next key.
 */
function focusOnOpen(element: HTMLElement | null): void {
  element?.setAttribute('autofocus', '');
}

function onMenuKey(event: KeyboardEvent<HTMLElement>): void {
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role^=menuitem]:enabled')];
  const at = items.indexOf(document.activeElement as HTMLElement);
  const [next, before, last] = [at + 1, at - 1, items.length - 1];
  const arrows = { ArrowDown: next, ArrowRight: next, ArrowUp: before, ArrowLeft: before };
  const to = { ...arrows, Home: 0, End: last }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  items[(to + items.length) % items.length]?.focus();
}

const signs: Record<string, string> = { Enter: '↵', Shift: '⇧' };

function keyLabel(key: string): string {
  const mac = navigator.platform.startsWith('Mac');
  return key
    .split('+')
    .map((part) => (part === 'Mod' ? (mac ? '⌘' : 'Ctrl') : (signs[part] ?? part)))
    .join(' ');
}
