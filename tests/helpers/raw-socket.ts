import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/**
 * A connection to a server of 127.0.0.1, and everything that comes over it until the server closes
 * it.
 */
export interface RawSocket {
  socket: Socket;
  /** Resolves when the connection has ended, whoever ended it. */
  ended: Promise<string>;
  /** Resolves with everything received so far, once it holds `text`. */
  until(text: string): Promise<string>;
}

export async function openSocket(server: string, first = ''): Promise<RawSocket> {
  const socket = connect({ host: '127.0.0.1', port: Number(new URL(server).port) });
  let seen = '';
  socket.on('data', (chunk) => {
    seen += chunk.toString('latin1');
  });
  // A reset is an end too.
  socket.on('error', () => undefined);
  const ended = new Promise<string>((done) => {
    socket.once('close', () => {
      done(seen);
    });
  });
  await once(socket, 'connect');
  if (first !== '') socket.write(first, 'latin1');
  return {
    socket,
    ended,
    async until(text) {
      while (!seen.includes(text)) await once(socket, 'data');
      return seen;
    },
  };
}

/** Sends bytes as they are and returns the answer as it came. */
export async function sendRaw(
  server: string,
  text: string,
): Promise<{ status: number; headers: Map<string, string>; body: string }> {
  const { ended } = await openSocket(server, text);
  const answer = await ended;
  const [head = '', ...rest] = answer.split('\r\n\r\n');
  const [line = '', ...lines] = head.split('\r\n');
  const headers = new Map(
    lines.map((one) => [
      one.slice(0, one.indexOf(':')).toLowerCase(),
      one.slice(one.indexOf(':') + 1).trim(),
    ]),
  );
  return { status: Number(line.split(' ')[1]), headers, body: rest.join('\r\n\r\n') };
}
