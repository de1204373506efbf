import type { CallOutput } from '../../../contract/bridge.ts';
import type { Workspace } from '../workspace.ts';

/** Where sync stands and how it came there. */
export function syncDetail({ engine, outbox }: Workspace): CallOutput<'sync.detail'> {
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
