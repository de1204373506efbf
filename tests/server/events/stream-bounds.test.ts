import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import { createStreams } from '../../../src/server/events/streams.ts';
import { startApi } from '../../helpers/api.ts';
import { openStream } from '../../helpers/event-stream.ts';
import { openSocket } from '../../helpers/raw-socket.ts';

test('a process has so many event streams and no more; each person has their own bound below it', async () => {
  const api = await startApi({}, { mostStreams: 21 });
  const [maya, jonas] = [await api.person('staff'), await api.person('staff')];
  const open = await Promise.all(
    Array.from({ length: 20 }, () => openStream(api.server, maya.token)),
  );
  await expect(openStream(api.server, maya.token)).rejects.toThrow('429');
  const his = await openStream(api.server, jonas.token);
  await expect(openStream(api.server, jonas.token)).rejects.toThrow('503');
  for (const stream of [...open, his]) stream.close();
  await api.close();
});

test('a stream that its reader does not take is written no further, and is cut after some heartbeats', async () => {
  const streams = createStreams();
  const actor = { id: 'a', role: 'staff' as const, sessionId: 's' };
  let response: import('node:http').ServerResponse | undefined;
  const server = createServer((_request, made) => {
    response = made;
    streams.add(actor, made, []);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { socket, ended } = await openSocket(
    `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    'GET / HTTP/1.1\r\nHost: x\r\n\r\n',
  );
  await once(socket, 'data');
  socket.pause();
  // Events until the sockets between the two are full.
  const long = 'x'.repeat(100_000);
  while (response?.writableNeedDrain === false) {
    streams.changed(
      () => true,
      () => long,
    );
    await new Promise((done) => {
      setImmediate(done);
    });
  }
  const kept = response?.writableLength ?? 0;
  for (let n = 0; n < 1_000; n += 1)
    streams.changed(
      () => true,
      () => long,
    );
  expect(response?.writableLength).toBe(kept);
  const gone = once(response ?? server, 'close');
  for (let n = 0; n < 3; n += 1) streams.heartbeat();
  await gone;
  expect(streams.actors()).toEqual([]);
  socket.resume();
  await ended;
  server.close();
});
