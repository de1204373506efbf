import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import {
  maxHeaderBytes,
  usualBounds,
  type Bounds,
} from '../../../../src/main/shell/loopback/bounds.ts';
import { startTestShell, type TestShell } from '../../../helpers/loopback.ts';

let shell: TestShell;
let sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  sockets = [];
  await shell.close();
});

const start = async (bounds: Partial<Bounds>): Promise<void> => {
  shell = await startTestShell({ bounds: { ...usualBounds, ...bounds } });
};

/** A connection of any program on this computer, open once this resolves. */
async function dial(text = ''): Promise<Socket> {
  const socket = connect(Number(new URL(shell.origin).port), '127.0.0.1');
  sockets.push(socket);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  if (text !== '') socket.write(text);
  return socket;
}
/** However it ends: a connection that is cut in the middle of a write ends with an error. */
const closed = (socket: Socket): Promise<void> =>
  new Promise((done) => {
    socket.once('close', () => {
      done();
    });
  });
const ended = async (socket: Socket): Promise<string> => {
  let said = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    said += chunk;
  });
  await closed(socket);
  return said;
};
const enter = async (): Promise<string> =>
  JSON.parse((await shell.post('/bridge/session', { key: shell.key })).body).session;
const isIn = async (session: string): Promise<boolean> =>
  (await shell.post('/bridge/call', { name: 'session.get', input: {} }, session)).status === 200;
const open = (session: string): string =>
  `GET /bridge/events HTTP/1.1\r\nHost: ${new URL(shell.origin).host}\r\nx-staffdesk-session: ${session}\r\n\r\n`;
/** An event stream that has said its first word. */
async function stream(session: string): Promise<{ socket: Socket; first: string }> {
  const socket = await dial(open(session));
  const [first] = await once(socket.setEncoding('utf8'), 'data');
  return { socket, first: String(first) };
}

test.each([
  ['says nothing', ''],
  ['sends half its headers', 'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: '],
  ['sends half a line', 'GE'],
])('a connection that %s is cut, with the headers of every other answer', async (_, text) => {
  await start({ headersMs: 50, requestMs: 50, checkMs: 10 });
  const said = await ended(await dial(text));
  expect(said).toMatch(/^HTTP\/1\.1 408 /);
  expect(said).toContain("default-src 'none'");
});

test('a body that never ends is cut', async () => {
  await start({ headersMs: 50, requestMs: 60, checkMs: 10 });
  const { host } = new URL(shell.origin);
  expect(
    await ended(
      await dial(
        `POST /bridge/session HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${shell.origin}\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{`,
      ),
    ),
  ).toMatch(/^HTTP\/1\.1 408 /);
});

test('a connection that waits after its answer is cut', async () => {
  await start({ keepAliveMs: 20 });
  expect(
    await ended(
      await dial(`GET /icon.svg HTTP/1.1\r\nHost: ${new URL(shell.origin).host}\r\n\r\n`),
    ),
  ).toMatch(/^HTTP\/1\.1 200 /);
});

test.each([
  '\0\0\0\0',
  'GET / HTTP/9.9\r\n\r\n',
  'nonsense\r\n\r\n',
  'GET / HTTP/1.1\r\nX y\r\n\r\n',
  'POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n',
])('what is no HTTP gets one answer and the end: %j', async (text) => {
  await start({});
  expect(await ended(await dial(text))).toMatch(/^HTTP\/1\.1 4\d\d [\s\S]*nosniff/);
});

test('headers without end are cut', async () => {
  await start({});
  const socket = await dial('GET / HTTP/1.1\r\n');
  const end = closed(socket);
  let sent = 0;
  const more = (failed?: Error | null): void => {
    if (failed) return;
    sent += 1;
    socket.write(`X-Long: ${'x'.repeat(60_000)}\r\n`, more);
  };
  more();
  await end;
  expect(sent * 60_000).toBeGreaterThan(maxHeaderBytes);
});

test('a stranger who takes all connections does not keep a window out, whatever they do with them, and the log says so once', async () => {
  await start({ connections: 20, headersMs: 3_600_000, requestMs: 3_600_000 });
  const session = await enter();
  const { socket: events } = await stream(session);
  let cut = false;
  events.on('close', () => {
    cut = true;
  });
  for (let round = 0; round < 5; round += 1) {
    for (let n = 0; n < 40; n += 1) await dial(n % 2 === 0 ? '' : 'GET / HTTP/1.1\r\nX: ');
    expect(await isIn(session)).toBe(true);
    expect((await shell.send('GET', '/')).status).toBe(200);
  }
  expect(cut).toBe(false);
  expect(shell.warnings).toEqual([expect.stringMatching(/keeps opening connections/)]);
});

test('a window that was let in keeps its connection while strangers are cut around it', async () => {
  await start({ connections: 4, headersMs: 3_600_000, requestMs: 3_600_000 });
  const key = shell.key;
  const { host } = new URL(shell.origin);
  const body = JSON.stringify({ key });
  const window = await dial(
    `POST /bridge/session HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${shell.origin}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
  await once(window, 'data');
  for (let n = 0; n < 30; n += 1) await dial();
  window.write(`GET /icon.svg HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
  const [answer] = await once(window.setEncoding('utf8'), 'data');
  expect(answer).toMatch(/^HTTP\/1\.1 200 /);
});

test('a session has so many event streams, and all together so many: one more is refused, one less is room', async () => {
  await start({ streamsOfSession: 2, streams: 3 });
  const one = await enter();
  const other = JSON.parse(
    (await shell.post('/bridge/session', { key: shell.links[0]?.split('#key=')[1] })).body,
  ).session;
  const streams = [await stream(one), await stream(one)];
  expect((await stream(one)).first).toMatch(/^HTTP\/1\.1 503 /);
  expect((await stream(other)).first).toMatch(/^HTTP\/1\.1 200 /);
  expect((await stream(other)).first).toMatch(/^HTTP\/1\.1 503 /);
  streams[0]?.socket.destroy();
  await expect.poll(async () => (await stream(one)).first).toMatch(/^HTTP\/1\.1 200 /);
});

test('a window that does not read its events is cut instead of filling the memory, and can come again', async () => {
  await start({ unreadBytes: 100_000 });
  const session = await enter();
  const { socket } = await stream(session);
  socket.pause();
  const end = closed(socket);
  const text = 'x'.repeat(50_000);
  // More than the buffers of both ends of a connection hold.
  for (let n = 0; n < 400; n += 1) {
    shell.desk.events.emit('notification.show', { text } as never);
    await new Promise((done) => {
      setImmediate(done);
    });
  }
  socket.resume();
  await end;
  expect((await stream(session)).first).toMatch(/^HTTP\/1\.1 200 /);
});
