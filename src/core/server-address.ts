import { isLoopbackHost } from './loopback-host.ts';

/**
 * True if others on the network can read the data sent to a server: plain http to another computer.
 */
export function isReadableOnTheWay(server: string): boolean {
  const { protocol, hostname } = new URL(server);
  return protocol === 'http:' && !isLoopbackHost(hostname);
}

/**
 * Reads the value of --api: scheme, host and port of a support server. Throws an Error whose
 * sentence says what is wrong and what to do. Plain http to another computer is accepted only if
 * the user allows it.
 */
export function readServerAddress(text: string, allowHttp: boolean): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new Error(
      `--api takes the address of a support server such as https://support.example.com, not "${text}".`,
    );
  }
  if (!allowHttp && isReadableOnTheWay(url.origin)) {
    throw new Error(
      `${notEncrypted(url.origin)}. Use an https:// address, or add --allow-http to work with this one all the same.`,
    );
  }
  return url.origin;
}

/** One sentence for the terminal if others can read the data sent to a server; null otherwise. */
export function httpWarning(server: string): string | null {
  return isReadableOnTheWay(server)
    ? `${notEncrypted(server)}. Ask the administrator of the server for an https:// address.`
    : null;
}

function notEncrypted(server: string): string {
  return (
    `The connection to ${server} is not encrypted, so others on the network can read your ` +
    'password and all conversations'
  );
}
