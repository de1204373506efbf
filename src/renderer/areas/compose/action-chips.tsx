import { X } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import type { MessageKind, SendActions } from '../../../contract/bridge.ts';
import { singleActions } from '../../../core/send-actions.ts';
import { usePart, useStaffName, useStoreOf } from '../../stores-context.tsx';
import { actionText, texts } from '../../texts.ts';

const none: SendActions = {};

/** The changes that are sent with the message, as chips that can be removed. */
export function ActionChips({ ticketId, kind }: { ticketId: string; kind: MessageKind }) {
  const composer = usePart((s) => s.composer);
  const actions = useStoreOf(
    (s) => s.composer,
    (state) => state.actions[`${ticketId}:${kind}`] ?? none,
  );
  const staffName = useStaffName();
  const chips = singleActions(actions).map((action) => ({
    action,
    text: actionText(action, staffName),
  }));
  if (chips.length === 0) return null;
  return (
    <div
      className="action-chips"
      role="group"
      aria-label={texts.composer.actions}
      data-keep-focus
      onKeyDown={onChipKey}
    >
      {chips.map(({ action, text }) => (
        <Chip
          key={text}
          text={text}
          onPress={() => {
            composer.takeOff(ticketId, kind, action);
          }}
        />
      ))}
    </div>
  );
}

function Chip({ text, onPress }: { text: string; onPress: () => void }) {
  return (
    <button
      type="button"
      className="action-chip"
      data-item
      tabIndex={0}
      aria-label={texts.composer.takeOff(text)}
      title={texts.composer.takeOff(text)}
      onClick={onPress}
    >
      <span aria-hidden="true" dir="auto">
        {text}
      </span>
      <X size={11} aria-hidden="true" />
    </button>
  );
}

/** Delete and Backspace take off too; arrows go from chip to chip. */
function onChipKey(event: KeyboardEvent<HTMLElement>): void {
  const { target, key } = event;
  if (!(target instanceof HTMLButtonElement)) return;
  if (key === 'Delete' || key === 'Backspace') {
    if (!event.repeat) target.click();
  } else if (key === 'ArrowRight' || key === 'ArrowDown')
    (target.nextElementSibling as HTMLElement | null)?.focus();
  else if (key === 'ArrowLeft' || key === 'ArrowUp')
    (target.previousElementSibling as HTMLElement | null)?.focus();
  else return;
  event.preventDefault();
}
