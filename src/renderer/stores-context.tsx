import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import type { Abilities } from '../contract/bridge.ts';
import { passesFor } from '../core/look-alike.ts';
import type { Stores } from './stores.ts';
import { texts } from './texts.ts';

const StoresContext = createContext<Stores | null>(null);
export const StoresProvider = StoresContext.Provider;

/** The window's stores. */
export function useStores(): Stores {
  const stores = useContext(StoresContext);
  if (!stores) throw new Error('StoresProvider is missing');
  return stores;
}

/** Part of one store; draws again only when that part changes. */
export function useStoreOf<S, T>(
  pick: (stores: Stores) => { state: StoreApi<S> },
  select: (state: S) => T,
): T {
  return useStore(pick(useStores()).state, select);
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

/** Whether a customer's name would pass for a colleague's, who may be one of the past. */
export function usePassesForColleague(customer: string | null): boolean {
  return useStoreOf(
    (stores) => stores.staff,
    ({ members }) => customer !== null && members.some(({ name }) => passesFor(customer, name)),
  );
}
