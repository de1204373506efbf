/**
 * The identity that a server reports: its installation, and the history of its database, which
 * starts again when it is restored or copied. Null if it reports none.
 */
export type Told = { installation: string; history: string } | null;
interface Known {
  key: string;
  address: string;
  identity: Told;
}

/**
 * The known server at an address; null for a new one. The same installation and history are the
 * same server at any address. If one of the two is missing or differs, the address must be the same
 * too: there, a changed history is a restore, and a newly reported identity an upgrade. At another
 * address it may be a copy.
 */
export function serverAt<S extends Known>(
  servers: readonly S[],
  address: string,
  told: Told,
): S | null {
  const here = servers.filter((server) => server.address === address);
  if (told === null) return here.find(({ identity }) => identity === null) ?? null;
  return (
    servers.find(
      ({ identity }) =>
        identity?.installation === told.installation && identity.history === told.history,
    ) ??
    here.find(({ identity }) => identity?.installation === told.installation) ??
    here.find(({ identity }) => identity === null) ??
    null
  );
}

/**
 * How the identity reported at an address matches the server that a desk works with. `unproven`: it
 * may be the same, but reports none.
 */
export type Fit = 'same' | 'other' | 'unproven';

export function fitOf<S extends Known>(
  servers: readonly S[],
  mine: S,
  address: string,
  told: Told,
): Fit {
  if (told === null) return mine.identity === null ? 'same' : 'unproven';
  return serverAt(servers, address, told)?.key === mine.key ? 'same' : 'other';
}

/** The key of a new server: its address, with a number if another one had that address before. */
export function newServerKey(servers: readonly Known[], address: string): string {
  const taken = new Set(servers.map(({ key }) => key));
  if (!taken.has(address)) return address;
  let n = 2;
  while (taken.has(`${address}#${n}`)) n += 1;
  return `${address}#${n}`;
}
