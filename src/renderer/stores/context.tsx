import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import type { Stores } from './desk.ts';

const StoresContext = createContext<Stores | null>(null);
export const StoresProvider = StoresContext.Provider;

/** The window's stores. */
export function useStores(): Stores {
  const stores = useContext(StoresContext);
  if (!stores) throw new Error('StoresProvider is missing');
  return stores;
}

/** Part of one store; draws again only when that part changes. */
export function useStoreOf<S, T>(pick: (stores: Stores) => { state: StoreApi<S> }, select: (state: S) => T): T {
  return useStore(pick(useStores()).state, select);
}
