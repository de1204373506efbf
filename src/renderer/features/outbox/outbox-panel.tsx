import { CheckCheck, Clock3, Copy, X } from 'lucide-react';
import type { OutboxItem } from '../../../contract/bridge.ts';
import { useStoreOf, useStores } from '../../stores/context.tsx';
import { openTicket } from '../../stores/desk.ts';
import { texts } from '../../texts.ts';
import { copyText } from '../../ui/copy.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { shortTime } from '../../ui/format.ts';
import { Pill } from '../../ui/pill.tsx';
import { useNow } from '../../ui/use-now.ts';

/** Every operation that the server has not confirmed, why it waits and what can be done. */
export function OutboxPanel() {
  const { outbox } = useStores();
  const { items, shown } = useStoreOf((s) => s.outbox, (state) => state);
  if (!shown) return null;
  return (
    <section className="outbox" role="region" aria-label={texts.outbox}>
      <header><h2>{texts.outbox}</h2><span className="quiet">{items.length > 0 && items.length.toLocaleString('en')}</span><IconButton label={texts.closePanel} onClick={outbox.hide}><X size={16} /></IconButton></header>
      <div className="outbox-items">
        {items.length === 0 && <EmptyState icon={<CheckCheck size={28} strokeWidth={1.4} />} title={texts.outboxEmpty[0]} hint={texts.outboxEmpty[1]} />}
        {items.map((item) => <Item key={item.id} item={item} />)}
      </div>
    </section>
  );
}

const kindNames: Record<OutboxItem['kind'], string> = { reply: texts.reply, note: texts.internalNote, change: 'Change', close: texts.close, reopen: texts.reopen };

function Item({ item }: { item: OutboxItem }) {
  const stores = useStores();
  const now = useNow();
  const parked = item.state === 'needs-you';
  function copy(): void {
    const done = copyText(item.text ?? item.summary);
    stores.toasts.show(done ? { kind: 'info', title: texts.copied, body: '' } : { kind: 'error', ...texts.notCopied });
  }
  return (
    <article className={parked ? 'outbox-item parked' : 'outbox-item'} aria-label={`${kindNames[item.kind]}: ${item.subject}`}>
      <div className="outbox-top">
        <Pill tone={item.kind === 'note' ? 'amber' : 'grey'}>{kindNames[item.kind]}</Pill>
        <button type="button" className="link-btn outbox-subject" dir="auto" onClick={() => { openTicket(stores, item.ticket_id); }}>{item.subject || texts.openTicket}</button>
        <time className="quiet">{shortTime(item.created_at, now)}</time>
      </div>
      <p className="outbox-summary" dir="auto">{item.summary}</p>
      <p className={parked ? 'outbox-why red' : 'outbox-why'}><Clock3 size={12} aria-hidden="true" /> {item.state === 'sending' ? texts.sending : item.why ?? texts.waitingFor}{item.attempts > 0 && `, ${texts.attempts(item.attempts)}`}</p>
      <div className="outbox-actions">
        {parked && <Button onClick={() => { stores.outbox.retry(item.id); }}>{item.kind === 'change' ? texts.useMine : texts.retry}</Button>}
        <Button look="quiet" icon={<Copy size={13} />} onClick={copy}>{texts.copy}</Button>
        {item.state !== 'sending' && <Button look="quiet" onClick={() => { stores.outbox.discard(item.id); }}>{texts.discard}</Button>}
      </div>
    </article>
  );
}
