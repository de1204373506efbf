import type { Machine } from './machine.ts';
import { password, type Person } from './world.ts';

/** Signs in as a person would, at whichever server answers: again later when it does not work. */
export async function signIn(machine: Machine, person: Person): Promise<string> {
  const outcome = await machine.call('session.signIn', { email: person.email, password });
  if (outcome.kind === 'killed') machine.at = machine.signedInTo() ?? machine.at;
  if (outcome.kind === 'value') {
    machine.at = machine.reaches();
    // Undo windows have tests of their own; here everything is meant to go.
    await machine.call('settings.set', { undo_seconds: 0 });
  }
  return `${machine.name} ${person.email} ${outcome.kind === 'error' ? outcome.code : outcome.kind} ${machine.at}`;
}
