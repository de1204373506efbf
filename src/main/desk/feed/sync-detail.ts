import type { CallOutput } from '../../../contract/bridge.ts';
import type { Outbox } from '../areas/outbox/queue.ts';
import type { Engine } from './engine.ts';

export interface DetailParts {
  engine: Pick<Engine, 'state' | 'detail'>;
  outbox: Pick<Outbox, 'open'>;
}

/** Where sync stands and how it came there. */
export function syncDetail({ engine, outbox }: DetailParts): CallOutput<'sync.detail'> {
  const { stream, failures, lagMs, rebuiltAt } = engine.detail();
  return {
    state: engine.state(),
    stream,
    failures,
    lag_ms: lagMs,
    rebuilt_at: rebuiltAt,
    oldest_waiting_at:
      outbox.open().find((operation) => operation.state !== 'parked')?.createdAt ?? null,
  };
}
