import { createStore } from 'zustand/vanilla';
import { customerMinMessageLength, ticketMinMessageLength } from '../../contract/wire/api.ts';
import type { Api, PortalCapabilities } from '../api/api.ts';

interface ServerSettings {
  /** False until the server was asked, so that nothing is shown which then disappears. */
  known: boolean;
  /** Of the support team. Null: the server tells none. */
  name: string | null;
  phone: string | null;
  /** False: customers neither choose nor see a ticket's priority. */
  asksPriority: boolean;
  minMessageLength: number;
}

const untold: ServerSettings = {
  known: false,
  name: null,
  phone: null,
  asksPriority: true,
  minMessageLength: customerMinMessageLength,
};

/** The server's settings of this page, or the defaults if the server is older than they are. */
export const serverSettings = createStore<ServerSettings>(() => untold);

/** Never rejects: without a response the page works with what it knows. */
export async function loadSettings(api: Pick<Api, 'capabilities'>): Promise<void> {
  try {
    serverSettings.setState(settingsOf(await api.capabilities()), true);
  } catch {
    serverSettings.setState({ known: true });
  }
}

/** Null: a server of level 1. */
function settingsOf(told: PortalCapabilities | null): ServerSettings {
  if (told === null) return { ...untold, known: true };
  const { min_message_length: least, portal } = told;
  return {
    known: true,
    name: portal?.name ?? null,
    phone: portal?.phone ?? null,
    asksPriority: portal?.asks_priority ?? true,
    minMessageLength: least.customer,
  };
}

/** The shortest message that opens a ticket. */
export const ticketMinLength = ({ minMessageLength }: ServerSettings): number =>
  Math.max(ticketMinMessageLength, minMessageLength);
