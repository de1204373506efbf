import type { SyncState } from '../contract/bridge.ts';

const phases: ReadonlySet<SyncState['phase']> = new Set(['live', 'catching-up', 'first-sync']);

/** Whether the server can be reached now: what is to be sent is sent, and undo windows count. */
export function isOnline(sync: Pick<SyncState, 'phase'> | null): boolean {
  return sync !== null && phases.has(sync.phase);
}
