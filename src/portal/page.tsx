import { createContext, useContext } from 'react';
import type { Api } from './api/api.ts';
import type { Session } from './stores/session.ts';

/** The parts that every component of the page may use. */
export interface Page {
  api: Api;
  session: Session;
}

const PageContext = createContext<Page | null>(null);
export const PageProvider = PageContext.Provider;

export function usePage(): Page {
  const page = useContext(PageContext);
  if (!page) throw new Error('PageProvider is missing');
  return page;
}
