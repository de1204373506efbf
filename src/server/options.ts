import { isIP } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { LogOptions } from './request-log.ts';

export interface ServeOptions {
  kind: 'serve';
  databaseUrl: string | null;
  data: string;
  host: string;
  port: number;
  demoTickets: number | null;
  demoTraffic: boolean;
  log: LogOptions | null;
  metricsToken: string | null;
  trustProxy: string | null;
  drainMs: number;
  poolSize: number;
}
export interface AddUserOptions { kind: 'add-user'; databaseUrl: string | null; data: string; email: string; role: 'customer' | 'staff' | 'admin'; name: string; password: string | null }

/** Reads the command line, and secrets from the environment too. Throws an Error whose sentence says what is wrong and what is possible. */
export function readOptions(argv: readonly string[], env: NodeJS.ProcessEnv = {}): ServeOptions | AddUserOptions {
  const { values, positionals } = parse(argv);
  const where = { databaseUrl: values['database-url'] ?? null, data: values.data ?? join(homedir(), '.staffdesk-api') };
  if (positionals.length === 0) {
    return {
      kind: 'serve', ...where, host: values.host, port: number('--port', values.port, 65_535),
      demoTickets: values['demo-tickets'] === undefined ? null : number('--demo-tickets', values['demo-tickets'], 1_000_000), demoTraffic: values['demo-traffic'],
      log: values.log || values['log-addresses'] ? { addresses: values['log-addresses'] } : null,
      metricsToken: (values['metrics-token'] ?? env['STAFFDESK_METRICS_TOKEN']) || null,
      trustProxy: values['trust-proxy'] === undefined ? null : proxies(values['trust-proxy']),
      drainMs: number('--drain-seconds', values['drain-seconds'], 300) * 1_000,
      poolSize: number('--pool-size', values['pool-size'], 1_000, 1),
    };
  }
  if (positionals.join(' ') !== 'user add') throw new Error(`Unknown command "${positionals.join(' ')}". There is: user add --email you@example.com --role staff`);
  const { email, role } = values;
  if (!email?.includes('@')) throw new Error('user add needs --email you@example.com');
  if (role !== 'customer' && role !== 'staff' && role !== 'admin') throw new Error(`--role is customer, staff or admin, not "${role}".`);
  return { kind: 'add-user', ...where, email, role, name: values.name ?? email.split('@')[0] ?? email, password: values.password ?? null };
}

/** Addresses alone: a mere 'yes' would believe any caller about its own address, and with that end the limits by address. */
function proxies(text: string): string {
  const names = ['loopback', 'linklocal', 'uniquelocal'];
  const fits = (part: string): boolean => {
    const [address = '', bits, ...rest] = part.split('/');
    const family = isIP(address);
    return rest.length === 0 && family !== 0 && (bits === undefined || (/^\d+$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128)));
  };
  const parts = text.split(',').map((part) => part.trim());
  if (!parts.every((part) => names.includes(part) || fits(part))) throw new Error(`--trust-proxy takes the addresses of your balancer, such as 10.0.0.7 or 10.0.0.0/8,loopback, not "${text}".`);
  return parts.join(',');
}

function number(name: string, text: string, max: number, min = 0): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > max || value < min) throw new Error(`${name} takes a whole number from ${min} to ${max}, not "${text}".`);
  return value;
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv], allowPositionals: true,
      options: {
        'database-url': { type: 'string' }, data: { type: 'string' }, host: { type: 'string', default: '127.0.0.1' }, port: { type: 'string', default: '3000' },
        'demo-tickets': { type: 'string' }, 'demo-traffic': { type: 'boolean', default: false }, log: { type: 'boolean', default: false },
        'log-addresses': { type: 'boolean', default: false }, 'metrics-token': { type: 'string' }, 'trust-proxy': { type: 'string' },
        'drain-seconds': { type: 'string', default: '0' }, 'pool-size': { type: 'string', default: '20' },
        email: { type: 'string' }, role: { type: 'string', default: 'staff' }, name: { type: 'string' }, password: { type: 'string' },
      },
    });
  } catch (error) {
    const text = error instanceof Error ? error.message.split('. ')[0] : String(error);
    throw new Error(`${text}. There are: --database-url URL, --data DIR, --host, --port N, --demo-tickets N, --demo-traffic, --log, --log-addresses, --metrics-token TOKEN, --trust-proxy ADDRESSES, --drain-seconds N, --pool-size N, and the command user add.`, { cause: error });
  }
}
