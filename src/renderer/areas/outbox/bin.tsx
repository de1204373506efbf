import { Trash2 } from 'lucide-react';
import { useStoreOf, usePart } from '../../stores-context.tsx';
import { texts } from '../../texts.ts';
import { Action } from '../../kit/action.tsx';
import { EmptyState } from '../../kit/empty-state.tsx';
import { exactTime } from '../../kit/format.ts';
import { CopyAction, Line } from './line.tsx';

/** Operations discarded in the last 30 days; a message can go back into its composer. */
export function Bin() {
  const outbox = usePart((s) => s.outbox);
  const bin = useStoreOf(
    (s) => s.outbox,
    (state) => state.bin,
  );
  if (bin === null) return null;
  if (bin.length === 0)
    return (
      <EmptyState
        icon={<Trash2 size={26} strokeWidth={1.4} />}
        title={texts.binEmpty[0]}
        hint={texts.binEmpty[1]}
      />
    );
  return bin.map((item) => (
    <Line
      key={item.id}
      item={item}
      at={item.ended_at}
      under={`${texts.discardedAt} ${exactTime(item.ended_at)}`}
      actions={
        <>
          {(item.kind === 'reply' || item.kind === 'note') && (
            <Action
              label={texts.restore}
              hotkey="G"
              onPress={() => {
                outbox.restore(item.id);
              }}
            />
          )}
          <CopyAction item={item} />
        </>
      }
    />
  ));
}
