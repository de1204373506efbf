import type { SendActions } from '../../../../contract/bridge.ts';
import { maxDraftLength } from '../../../../contract/wire/api.ts';
import type { Desk } from '../../../bridge/client.ts';
import { texts } from '../../../texts.ts';
import type { Toasts } from '../../../toasts.ts';
import type { Ledger } from './ledger.ts';
import type { Saves } from './saves.ts';
import type { Place, Written } from './written.ts';

/** A text that nobody could keep when its account went. */
interface Left {
  account: string;
  place: Place;
  text: string;
  actions: SendActions;
}

/** Keeps the texts of each account to that account. */
export interface Owner {
  /**
   * The last letters of the account that goes are saved for it; what cannot be is kept here for
   * them, and said.
   */
  handOver(): void;
  /** Gives the composers to an account; returns what it had left here. */
  take(account: string | null): Left[];
}

interface OwnerParts {
  desk: Desk;
  toasts: Toasts;
  written: Written;
  ledger: Ledger;
  saves: Saves;
}

export function createOwner({ desk, toasts, written, ledger, saves }: OwnerParts): Owner {
  let left: Left[] = [];

  function keepHere(one: Left): void {
    left.push(one);
    toasts.show({
      kind: 'error',
      title: texts.composer.keptHere,
      body: texts.composer.keptHereHint,
      stays: true,
    });
  }

  return {
    handOver() {
      const { account } = ledger;
      if (account === null) return;
      for (const place of ledger.unsaved.values()) {
        const text = written.text(place);
        const one = { account, place, text, actions: written.actions(place) };
        if (text.length > maxDraftLength) keepHere(one);
        else
          desk.call('draft.save', saves.draftOf(place, text)).catch(() => {
            keepHere(one);
          });
      }
      ledger.account = null;
    },
    take(account) {
      ledger.account = account;
      const mine = left.filter((one) => one.account === account);
      left = left.filter((one) => one.account !== account);
      return mine;
    },
  };
}
