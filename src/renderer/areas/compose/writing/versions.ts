import type { Desk } from '../../../bridge/client.ts';
import type { Toasts } from '../../../toasts.ts';
import type { Ledger } from './ledger.ts';
import type { Restores } from './restores.ts';
import type { Saves } from './saves.ts';
import type { InTurn } from './turns.ts';
import { keyOf, type Key, type Place, type Written } from './written.ts';

/** Earlier texts of a draft. */
export interface Versions {
  ask(place: Place): void;
  restore(place: Place, text: string): Promise<void>;
}

interface VersionParts {
  desk: Desk;
  toasts: Toasts;
  written: Written;
  ledger: Ledger;
  saves: Saves;
  bringBack: Restores['bringBack'];
  inTurn: InTurn<Key>;
}

export function createVersions(parts: VersionParts): Versions {
  const { desk, toasts, written, ledger, saves, bringBack, inTurn } = parts;

  return {
    ask({ ticketId, kind }) {
      written.state.setState({ versions: null });
      desk.call('draft.versions', { ticket_id: ticketId, kind }).then(
        (versions) => {
          written.state.setState({ versions });
        },
        (error: unknown) => {
          toasts.fail(error);
        },
      );
    },
    async restore(place, text) {
      try {
        await saves.flush();
        // Refused: it stays, since it would be nowhere else.
        if (ledger.unsaved.has(keyOf(place))) return;
        const about = { ticket_id: place.ticketId, kind: place.kind, text };
        await inTurn(keyOf(place), () => bringBack(() => desk.call('draft.restoreVersion', about)));
      } catch (error) {
        toasts.fail(error);
      }
    },
  };
}
