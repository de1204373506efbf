import { Send } from 'lucide-react';
import { useStoreOf } from '../../stores-context.tsx';
import { texts } from '../../texts.ts';
import { Copyable } from '../../kit/copyable.tsx';
import { EmptyState } from '../../kit/empty-state.tsx';
import { exactTime } from '../../kit/format.ts';
import { CopyAction, Line, useCopy } from './line.tsx';

/**
 * Operations that the server has confirmed, newest first: one line each, with the proof that it was
 * sent once.
 */
export function Journal() {
  const journal = useStoreOf(
    (s) => s.outbox,
    (state) => state.journal,
  );
  const copy = useCopy();
  if (journal === null) return null;
  if (journal.length === 0)
    return (
      <EmptyState
        icon={<Send size={26} strokeWidth={1.4} />}
        title={texts.sentEmpty[0]}
        hint={texts.sentEmpty[1]}
      />
    );
  return journal.map((item) => (
    <Line
      key={item.id}
      item={item}
      at={item.ended_at}
      actions={<CopyAction item={item} />}
      under={
        <dl className="proof">
          <div>
            <dt>{texts.queuedAt}</dt>
            <dd>{exactTime(item.created_at)}</dd>
          </div>
          <div>
            <dt>{texts.confirmedAt}</dt>
            <dd>{exactTime(item.ended_at)}</dd>
          </div>
          <div>
            <dt>{texts.attemptsLabel}</dt>
            <dd>{item.attempts}</dd>
          </div>
          <div>
            <dt>{texts.keyLabel}</dt>
            <dd>
              <Copyable text={item.id} label={texts.copyWhat(texts.keyLabel)} onCopy={copy} />
            </dd>
          </div>
          {item.server_id !== null && (
            <div>
              <dt>{texts.serverId}</dt>
              <dd>
                <Copyable
                  text={item.server_id}
                  label={texts.copyWhat(texts.serverId)}
                  onCopy={copy}
                />
              </dd>
            </div>
          )}
        </dl>
      }
    />
  ));
}
