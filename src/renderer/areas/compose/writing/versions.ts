import type { Desk } from '../../../bridge/client.ts';
import type { Toasts } from '../../../toasts.ts';
import type { Ledger } from './ledger.ts';
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
  inTurn: InTurn<Key>;
}

export function createVersions(parts: VersionParts): Versions {
  const { desk, toasts, written, ledger, saves, inTurn } = parts;

  /** Makes a version of what is written; false where it could not be saved before. */
  async function empty(place: Place): Promise<boolean> {
    for (;;) {
      const before = written.text(place);
      await saves.flush();
      if (written.text(place) !== before) continue;
      // Refused: it stays, since it would be nowhere else.
      if (ledger.unsaved.has(keyOf(place))) return false;
      // Emptied first: a text that is taken away is kept as a version, one that is typed over only
      // now and then.
      await inTurn(keyOf(place), () => saves.keep(place, ''));
      if (written.text(place) === before) return true;
    }
  }

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
        if (!(await empty(place))) return;
        written.put(place, text);
        written.showCaret(place, text.length);
        saves.changed(place);
        await saves.flush();
      } catch (error) {
        toasts.fail(error);
      }
    },
  };
}
