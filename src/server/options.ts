import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

export interface ServeOptions {
  kind: 'serve';
  databaseUrl: string | null;
  data: string;
  host: string;
  port: number;
  demoTickets: number | null;
  demoTraffic: boolean;
  log: boolean;
}
export interface AddUserOptions { kind: 'add-user'; databaseUrl: string | null; data: string; email: string; role: 'customer' | 'staff' | 'admin'; name: string; password: string | null }

/** Reads the command line. Throws an Error whose sentence says what is wrong and what is possible. */
export function readOptions(argv: readonly string[]): ServeOptions | AddUserOptions {
  const { values, positionals } = parse(argv);
  const where = { databaseUrl: values['database-url'] ?? null, data: values.data ?? join(homedir(), '.staffdesk-api') };
  if (positionals.length === 0) {
    return { kind: 'serve', ...where, host: values.host, port: number('--port', values.port, 65_535), demoTickets: values['demo-tickets'] === undefined ? null : number('--demo-tickets', values['demo-tickets'], 1_000_000), demoTraffic: values['demo-traffic'], log: values.log };
  }
  if (positionals.join(' ') !== 'user add') throw new Error(`Unknown command "${positionals.join(' ')}". There is: user add --email you@example.com --role staff`);
  const { email, role } = values;
  if (!email?.includes('@')) throw new Error('user add needs --email you@example.com');
  if (role !== 'customer' && role !== 'staff' && role !== 'admin') throw new Error(`--role is customer, staff or admin, not "${role}".`);
  return { kind: 'add-user', ...where, email, role, name: values.name ?? email.split('@')[0] ?? email, password: values.password ?? null };
}

function number(name: string, text: string, max: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > max) throw new Error(`${name} takes a whole number from 0 to ${max}, not "${text}".`);
  return value;
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv], allowPositionals: true,
      options: {
        'database-url': { type: 'string' }, data: { type: 'string' }, host: { type: 'string', default: '127.0.0.1' }, port: { type: 'string', default: '3000' },
        'demo-tickets': { type: 'string' }, 'demo-traffic': { type: 'boolean', default: false }, log: { type: 'boolean', default: false },
        email: { type: 'string' }, role: { type: 'string', default: 'staff' }, name: { type: 'string' }, password: { type: 'string' },
      },
    });
  } catch (error) {
    const text = error instanceof Error ? error.message.split('. ')[0] : String(error);
    throw new Error(`${text}. There are: --database-url URL, --data DIR, --host, --port N, --demo-tickets N, --demo-traffic, --log, and the command user add.`, { cause: error });
  }
}
