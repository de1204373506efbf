import type { AddressInfo } from 'node:net';
import { buildApi } from '../../src/server/app.ts';

/**
 * The support API as a process of its own, as listen.ts starts it but for the request limits: all
 * the agents of a bench come from one address. Asked through its IPC channel, it says how much
 * processor time it has used, and the most memory.
 */
const unlimited = 1_000_000_000;
const api = await buildApi({
  databaseUrl: process.argv[2] ?? '',
  limits: {
    loginPerAccount: unlimited,
    loginPerAddress: unlimited,
    perUser: unlimited,
    perAddress: unlimited,
  },
});

process.on('message', () => {
  const { user, system } = process.cpuUsage();
  // The most that it has held at any time since its start.
  const rssMb = process.resourceUsage().maxRSS / 1024;
  process.send?.({ cpuMs: (user + system) / 1000, rssMb });
});
process.on('disconnect', () => {
  void api.close().then(() => {
    process.exit(0);
  });
});

await api.app.listen({ host: '127.0.0.1', port: 0 });
// A listening TCP server always has an AddressInfo; the string form is for pipes.
process.send?.({ port: (api.app.server.address() as AddressInfo).port });
