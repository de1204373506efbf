import { Lock, Send } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useEffect, useRef } from 'react';
import type { MessageKind } from '../../../contract/bridge.ts';
import { maxMessageLength } from '../../../contract/api.ts';
import { CommandKey } from '../../commands/key.tsx';
import { useAbility, useStoreOf, useStores } from '../../stores/context.tsx';
import { texts } from '../../texts.ts';
import { Button } from '../../ui/button.tsx';
import { Versions } from './versions.tsx';

const kinds: readonly MessageKind[] = ['reply', 'note'];

/** Where a reply or an internal note is written. The two look different, keep their texts apart and never turn into one another. */
export function Composer() {
  const ticket = useStoreOf((s) => s.thread, (state) => state.thread?.ticket ?? null);
  return ticket && <ComposerOf key={ticket.id} ticketId={ticket.id} requester={ticket.requester} closed={ticket.status === 'closed'} />;
}

function ComposerOf({ ticketId, requester, closed }: { ticketId: string; requester: string; closed: boolean }) {
  const { composer, thread } = useStores();
  const kind = useStoreOf((s) => s.composer, (state) => state.kinds[ticketId] ?? 'reply');
  const text = useStoreOf((s) => s.composer, (state) => state.texts[`${ticketId}:${kind}`] ?? '');
  const sending = useStoreOf((s) => s.composer, (state) => state.sending);
  const caret = useStoreOf((s) => s.composer, (state) => (state.caret?.ticketId === ticketId && state.caret.kind === kind ? state.caret : null));
  const box = useRef<HTMLTextAreaElement>(null);
  const canNote = useAbility('notes');
  const canReopen = useAbility('reopen');
  // A note that was begun before stays readable here, but cannot go.
  const off = kind === 'note' && !canNote ? texts.cannot.notes : null;
  const locked = closed && kind === 'reply';

  useEffect(() => {
    // Grows with its text up to a third of the window.
    const area = box.current;
    if (!area) return;
    area.style.height = 'auto';
    area.style.height = `${Math.min(area.scrollHeight, innerHeight / 3)}px`;
  }, [text, kind, locked]);
  useEffect(() => () => { void composer.flush(); }, [composer]);
  useEffect(() => {
    const area = box.current;
    if (!caret || !area) return;
    area.focus();
    area.setSelectionRange(caret.at, caret.at);
    area.scrollTop = area.scrollHeight;
    composer.caretPlaced();
  }, [caret, locked, composer]);

  function send(): void {
    void composer.send(ticketId, kind, thread.newestSeen()).then(() => { box.current?.focus(); });
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); send(); }
    if (event.key === 'Escape') document.getElementById('tickets')?.focus();
  }

  return (
    <div className={`composer composer-${kind}`}>
      <div className="kinds" role="radiogroup" aria-label={texts.messageType}>
        {kinds.map((one) => <KindButton key={one} kind={one} checked={one === kind} off={one === 'note' && !canNote ? texts.cannot.notes : null} onPick={() => { void composer.flush(); composer.setKind(ticketId, one); box.current?.focus(); }} />)}
        <span className="kind-hint">{kind === 'note' ? texts.noteHint : texts.replyHint}</span>
      </div>
      {locked
        ? <div className="composer-closed"><span>{texts.closedHint}</span><Button disabled={!canReopen} title={canReopen ? undefined : texts.cannot.reopen} onClick={() => { void thread.reopen(); }}>{texts.reopenToReply}</Button></div>
        : <textarea ref={box} id="message" aria-label={texts.message} dir="auto" rows={3} maxLength={maxMessageLength} value={text} placeholder={kind === 'note' ? texts.notePlaceholder : texts.replyPlaceholder(requester)}
            onChange={(event) => { composer.type(ticketId, kind, event.target.value); }} onBlur={() => { void composer.flush(); }} onKeyDown={onKeyDown} />}
      {!locked && (
        <div className="composer-bar">
          <Versions ticketId={ticketId} kind={kind} />
          <SavedHint empty={text === ''} />
          <kbd aria-hidden="true">{navigator.platform.startsWith('Mac') ? '⌘' : 'Ctrl'} ↵</kbd>
          <Button look={kind === 'note' ? 'note' : 'main'} aria-label={texts.send} disabled={sending || off !== null || text.trim() === ''} title={off ?? undefined} onClick={send} icon={kind === 'note' ? <Lock size={13} aria-hidden="true" /> : <Send size={13} aria-hidden="true" />}>
            <span>{texts.send} <span aria-hidden="true">{texts.sendWhat[kind]}</span></span>
          </Button>
        </div>
      )}
    </div>
  );
}

function KindButton({ kind, checked, off, onPick }: { kind: MessageKind; checked: boolean; off: string | null; onPick: () => void }) {
  return (
    <button type="button" role="radio" aria-checked={checked} tabIndex={checked ? 0 : -1} className="kind" disabled={off !== null} title={off ?? undefined} onClick={onPick}
      onKeyDown={(event) => { if (event.key.startsWith('Arrow')) { event.preventDefault(); const other = event.currentTarget.parentElement?.querySelector<HTMLElement>('[role=radio][aria-checked=false]'); other?.click(); } }}>
      {kind === 'note' && <Lock size={12} aria-hidden="true" />}{kind === 'note' ? texts.internalNote : texts.reply}
      <CommandKey id={kind === 'note' ? 'note' : 'reply'} />
    </button>
  );
}

function SavedHint({ empty }: { empty: boolean }) {
  const saved = useStoreOf((s) => s.composer, (state) => state.saved);
  return <span className="saved-hint">{empty || saved === 'idle' ? '' : saved === 'saved' ? texts.draftSaved : texts.saving}</span>;
}
