import type { CallInput, CallName } from '../../contract/bridge.ts';
import { uuidV7 } from '../../core/uuid.ts';

const random = (): number => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32;

/** A name for one decision of the agent, which becomes the id of what it makes. */
export const newAttempt = (): string => uuidV7(Date.now(), random);

type Making = 'triage.change' | 'triage.close' | 'triage.reopen' | 'bulk.start';
const making: ReadonlySet<CallName> = new Set<Making>([
  'triage.change',
  'triage.close',
  'triage.reopen',
  'bulk.start',
]);

/**
 * Names the calls that make something, so that one that is repeated because its answer was lost
 * finds what it made. A message is named by its composer, which knows when it is the same.
 */
export interface Attempts {
  /** Calls the desk; `input` is handed on, under its name where it makes something. */
  during<T>(name: CallName, input: object, call: (input: object) => Promise<T>): Promise<T>;
}

export function createAttempts(): Attempts {
  /** By ticket, or for many at once: what was asked last, and never answered. */
  const unanswered = new Map<string, { what: string; attempt: string }>();
  return {
    async during(name, input, call) {
      if (!making.has(name)) return call(input);
      const about = aboutOf(input);
      const what = JSON.stringify([name, input]);
      const before = unanswered.get(about);
      // Something else was decided since, so the same again would be a new decision.
      unanswered.delete(about);
      const attempt = before?.what === what ? before.attempt : newAttempt();
      try {
        return await call({ ...input, attempt });
      } catch (error) {
        unanswered.set(about, { what, attempt });
        throw error;
      }
    },
  };
}

function aboutOf(input: object): string {
  return 'ticket_id' in input ? (input as CallInput<'triage.reopen'>).ticket_id : 'many';
}
