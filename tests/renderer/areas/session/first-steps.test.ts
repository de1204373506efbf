import { expect, test } from 'vitest';
import type { SyncState } from '../../../../src/contract/bridge.ts';
import { abilitiesOf } from '../../../../src/core/abilities.ts';
import { isEmptyWorkspace } from '../../../../src/renderer/areas/session/first-steps.tsx';

const live: SyncState = {
  phase: 'live',
  waiting: 0,
  held: 0,
  not_sent: 0,
  last_sync_at: 1,
  reason: null,
  tickets_cached: 0,
  kept_days: null,
  next_attempt_in: null,
  abilities: abilitiesOf(2, []),
};

test('a workspace is empty once the server has been read and has no ticket', () => {
  expect(isEmptyWorkspace(live)).toBe(true);
  expect(isEmptyWorkspace(null)).toBe(false);
  expect(isEmptyWorkspace({ ...live, tickets_cached: 1 })).toBe(false);
  for (const phase of ['starting', 'first-sync', 'catching-up', 'offline'] as const)
    expect(isEmptyWorkspace({ ...live, phase })).toBe(false);
});

test('it is not known to be where tickets may be out of sight, or the server has no portal of ours', () => {
  expect(isEmptyWorkspace({ ...live, kept_days: 90 })).toBe(false);
  expect(isEmptyWorkspace({ ...live, only_own: true })).toBe(false);
  expect(isEmptyWorkspace({ ...live, abilities: abilitiesOf(1, []) })).toBe(false);
});
