import { AtSign, Lock, TextQuote } from 'lucide-react';
import { useEffect, useMemo, type ReactNode } from 'react';
import type { MessageKind, SendFinish } from '../../../contract/bridge.ts';
import { maxDraftLength, maxMessageLength } from '../../../contract/wire/api.ts';
import { unfilledIn } from '../../../core/macro.ts';
import { isBlank, overLimit } from '../../../core/text.ts';
import { CommandKey } from '../../keys/key.tsx';
import { useAbility, useStoreOf, usePart } from '../../stores-context.tsx';
import { texts } from '../../texts.ts';
import { Button } from '../../kit/button.tsx';
import { formatCount } from '../../kit/format.ts';
import { ActionChips } from './action-chips.tsx';
import { capComposer } from './height.ts';
import { SendButtons } from './send-buttons.tsx';
import { TextBox } from './text-box.tsx';
import { Versions } from './versions.tsx';

const kinds: readonly MessageKind[] = ['reply', 'note'];

/**
 * Where a reply or an internal note is written. The two look different, keep their texts apart and
 * never turn into one another.
 */
export function Composer({ divider }: { divider: ReactNode }) {
  const ticket = useStoreOf(
    (s) => s.thread,
    (state) => state.thread?.ticket ?? null,
  );
  return (
    ticket && (
      <ComposerOf
        key={ticket.id}
        ticketId={ticket.id}
        requester={ticket.requester}
        closed={ticket.status === 'closed'}
        divider={divider}
      />
    )
  );
}

function ComposerOf({
  ticketId,
  requester,
  closed,
  divider,
}: {
  ticketId: string;
  requester: string;
  closed: boolean;
  divider: ReactNode;
}) {
  const kind = useStoreOf(
    (s) => s.composer,
    (state) => state.kinds[ticketId] ?? 'reply',
  );
  return (
    <div className={`composer composer-${kind}`}>
      <Kinds ticketId={ticketId} kind={kind} />
      {closed && kind === 'reply' ? (
        <ReopenToReply ticketId={ticketId} />
      ) : (
        <>
          {divider}
          <Writing ticketId={ticketId} kind={kind} requester={requester} />
        </>
      )}
    </div>
  );
}

interface Place {
  ticketId: string;
  kind: MessageKind;
}

function Kinds({ ticketId, kind }: Place) {
  const composer = usePart((s) => s.composer);
  const canNote = useAbility('notes');
  return (
    <div className="kinds" role="radiogroup" aria-label={texts.messageType}>
      {kinds.map((one) => (
        <KindButton
          key={one}
          kind={one}
          checked={one === kind}
          off={one === 'note' && !canNote ? texts.cannot.notes : null}
          onPick={() => {
            void composer.flush();
            composer.setKind(ticketId, one);
            composer.showCaret(ticketId, one);
          }}
        />
      ))}
      <span className="kind-hint">{kind === 'note' ? texts.noteHint : texts.replyHint}</span>
    </div>
  );
}

/** A closed ticket takes no reply; a note is still possible. */
function ReopenToReply({ ticketId }: { ticketId: string }) {
  const composer = usePart((s) => s.composer);
  const thread = usePart((s) => s.thread);
  const canReopen = useAbility('reopen');
  return (
    <div className="composer-closed">
      <span>{texts.closedHint}</span>
      <Button
        disabled={!canReopen}
        title={canReopen ? undefined : texts.cannot.reopen}
        onClick={() => {
          composer.showCaret(ticketId, 'reply');
          void thread.reopen();
        }}
      >
        {texts.reopenToReply}
      </Button>
    </div>
  );
}

function Writing({ ticketId, kind, requester }: Place & { requester: string }) {
  const macroUse = usePart((s) => s.macroUse);
  const text = useStoreOf(
    (s) => s.composer,
    (state) => state.texts[`${ticketId}:${kind}`] ?? '',
  );
  const ticket = useStoreOf(
    (s) => s.thread,
    (state) => state.thread?.ticket ?? null,
  );
  const values = useMemo(() => (ticket ? macroUse.values() : null) ?? {}, [macroUse, ticket]);
  const macros = useStoreOf(
    (s) => s.macros,
    (state) => state.macros,
  );
  const [missing] = unfilledIn(text, values, macros);
  useFreshHeight(text === '');
  return (
    <>
      <TextBox
        key={kind}
        ticketId={ticketId}
        kind={kind}
        placeholder={kind === 'note' ? texts.notePlaceholder : texts.replyPlaceholder(requester)}
        values={values}
      />
      {missing && (
        <p className="composer-missing">
          <bdi>{texts.composer.noValue(missing.raw)}</bdi>
        </p>
      )}
      <OverLimit text={text} />
      <ActionChips ticketId={ticketId} kind={kind} />
      <Bar ticketId={ticketId} kind={kind} text={text} />
    </>
  );
}

/** Another text grows again, however low the agent has kept the one before. */
function useFreshHeight(isEmpty: boolean): void {
  useEffect(() => {
    const release = (): void => {
      capComposer(null);
    };
    if (isEmpty) release();
    return release;
  }, [isEmpty]);
}

function Bar({ ticketId, kind, text }: Place & { text: string }) {
  const { sendAndStay } = usePart((s) => s.sending);
  const sending = useStoreOf(
    (s) => s.composer,
    (state) => state.sending,
  );
  const canNote = useAbility('notes');
  // A note that was begun before stays readable here, but cannot go.
  const off =
    kind === 'note' && !canNote
      ? texts.cannot.notes
      : overLimit(text) > 0
        ? texts.composer.tooLongHint
        : null;
  return (
    <div className="composer-bar">
      <Versions ticketId={ticketId} kind={kind} />
      <MacroButton />
      {kind === 'note' && <MentionButton />}
      <SavedHint empty={text === ''} />
      <SendButtons
        kind={kind}
        off={off}
        empty={sending || isBlank(text)}
        onSend={(finish: SendFinish | null) => {
          sendAndStay(finish);
        }}
      />
    </div>
  );
}

function MacroButton() {
  const macroUse = usePart((s) => s.macroUse);
  const canMacro = useAbility('macros');
  return (
    <button
      type="button"
      className="composer-hint"
      disabled={!canMacro}
      aria-label={texts.commands.insertMacro}
      title={canMacro ? texts.commands.insertMacro : texts.cannot.macros}
      onClick={() => {
        macroUse.beginChoosing('/');
      }}
    >
      <TextQuote size={13} aria-hidden="true" />
      <kbd aria-hidden="true">/</kbd> <span aria-hidden="true">{texts.composer.macroButton}</span>
    </button>
  );
}

function MentionButton() {
  const macroUse = usePart((s) => s.macroUse);
  return (
    <button
      type="button"
      className="composer-hint"
      aria-label={texts.composer.mentionButton}
      onClick={() => {
        macroUse.beginChoosing('@');
      }}
    >
      <AtSign size={13} aria-hidden="true" />{' '}
      <span aria-hidden="true">{texts.composer.mentionButton}</span>
    </button>
  );
}

function KindButton({
  kind,
  checked,
  off,
  onPick,
}: {
  kind: MessageKind;
  checked: boolean;
  off: string | null;
  onPick: () => void;
}) {
  return (
    <button
      type="button"
      role="radio"
      aria-checked={checked}
      tabIndex={checked ? 0 : -1}
      className="kind"
      disabled={off !== null}
      title={off ?? undefined}
      onClick={onPick}
      onKeyDown={(event) => {
        if (event.key.startsWith('Arrow')) {
          event.preventDefault();
          const other = event.currentTarget.parentElement?.querySelector<HTMLElement>(
            '[role=radio][aria-checked=false]',
          );
          other?.click();
        }
      }}
    >
      {kind === 'note' && <Lock size={12} aria-hidden="true" />}
      {kind === 'note' ? texts.internalNote : texts.reply}
      <CommandKey id={kind === 'note' ? 'note' : 'reply'} />
    </button>
  );
}

/** Nothing is cut: how much is too much, and that it waits here until it is shorter. */
function OverLimit({ text }: { text: string }) {
  const over = overLimit(text);
  if (over === 0) return null;
  return (
    <p className="composer-missing" role="status">
      {texts.composer.tooLong(over, formatCount(over), formatCount(maxMessageLength))}{' '}
      {text.length > maxDraftLength ? texts.composer.tooLongForDraft : texts.composer.tooLongHint}
    </p>
  );
}

function SavedHint({ empty }: { empty: boolean }) {
  const saved = useStoreOf(
    (s) => s.composer,
    (state) => state.saved,
  );
  return (
    <span className="saved-hint">
      {empty || saved === 'idle' ? '' : saved === 'saved' ? texts.draftSaved : texts.saving}
    </span>
  );
}
