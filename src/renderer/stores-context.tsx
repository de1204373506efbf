import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import type { Abilities } from '../contract/bridge.ts';
import { passesFor } from '../core/look-alike.ts';
import type { Composed } from './composition.ts';
import { texts } from './texts.ts';

const PartsContext = createContext<Composed | null>(null);
export const PartsProvider = PartsContext.Provider;

/** One part of the window: a store, or what the agent can do with several. */
export function usePart<T>(pick: (parts: Composed) => T): T {
  const parts = useContext(PartsContext);
  if (!parts) throw new Error('PartsProvider is missing');
  return pick(parts);
}

/** Part of one store; draws again only when that part changes. */
export function useStoreOf<S, T>(
  pick: (parts: Composed) => { state: StoreApi<S> },
  select: (state: S) => T,
): T {
  return useStore(usePart(pick).state, select);
}

/**
 * Whether the connected server can do this; true until that is known. A control that it cannot
 * serve is off and says why.
 */
export function useAbility(ability: Exclude<keyof Abilities, 'level'>): boolean {
  return useStoreOf(
    (stores) => stores.session,
    (state) => state.sync?.abilities[ability] ?? true,
  );
}

/** Turns a colleague's id into their name. */
export function useStaffName(): (id: string) => string {
  const members = useStoreOf(
    (stores) => stores.staff,
    (state) => state.members,
  );
  return (id) => members.find((member) => member.id === id)?.name ?? texts.colleague;
}

/** Whether a customer's name could be taken for a colleague's, past colleagues included. */
export function usePassesForColleague(customer: string | null): boolean {
  return useStoreOf(
    (stores) => stores.staff,
    ({ members }) => customer !== null && members.some(({ name }) => passesFor(customer, name)),
  );
}
