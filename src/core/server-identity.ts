/**
 * What a server says of itself: which installation it is, and which history it lives, since a
 * restored or copied database begins another one. Null where it does not say.
 */
export type Told = { installation: string; history: string } | null;
interface Known {
  key: string;
  address: string;
  identity: Told;
}

/**
 * Which known server answers at an address, null for one that was not met before. The same
 * installation and history are the same server, wherever it stands. Where one of the two is missing
 * or differs, the address has to be the same too: there, a changed history is a restore, and a
 * server that has learnt to say what it is has been upgraded. Anywhere else it may be a copy.
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
 * How what an address says of itself fits the server that a desk works with. `unproven`: it may be
 * the same, but does not say.
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

/**
 * The key of a server that is met for the first time: its address, with a number where another one
 * had that before.
 */
export function newServerKey(servers: readonly Known[], address: string): string {
  const taken = new Set(servers.map(({ key }) => key));
  if (!taken.has(address)) return address;
  let n = 2;
  while (taken.has(`${address}#${n}`)) n += 1;
  return `${address}#${n}`;
}
