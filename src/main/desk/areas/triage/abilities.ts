import type { Abilities, TicketFieldChange } from '../../../../contract/bridge.ts';
import { BridgeError } from '../../../../contract/errors.ts';
import { knownAbilities } from '../../feed/servers/known.ts';
import type { ReadDb } from '../../sqlite/connection.ts';

/**
 * Throws BridgeError 'not-supported' where the server cannot do it, so that nothing is queued which
 * can never go out.
 */
export function requireAbility(cache: ReadDb, ability: Exclude<keyof Abilities, 'level'>): void {
  if (!knownAbilities(cache)[ability])
    throw new BridgeError('not-supported', { message: `the server has no ${ability}` });
}

/** As `requireAbility`, for a change of fields, which may need more than one ability. */
export function requireChange(cache: ReadDb, change: TicketFieldChange): void {
  // A snooze needs none: a server that keeps no snoozes leaves them to the desk.
  const { assignee_id: assignee, snoozed_until: _snooze, ...rest } = change;
  if (assignee !== undefined) requireAbility(cache, 'assignment');
  if (Object.values(rest).some((value) => value !== undefined)) requireAbility(cache, 'changes');
}
