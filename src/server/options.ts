import { isIP } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { shortestPassword } from '../contract/wire/api.ts';
import { optionMistake } from '../core/option-mistake.ts';
import help from './help.json' with { type: 'json' };
import type { LogOptions } from './http/request-log.ts';
import { given, number } from './option-values.ts';
import { portalSettings, type PortalSettings } from './portal-settings.ts';

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
  portal: PortalSettings;
}
export interface AddUserOptions {
  kind: 'add-user';
  databaseUrl: string | null;
  data: string;
  email: string;
  role: 'customer' | 'staff' | 'admin';
  name: string;
  password: string | null;
}
export interface ImportOptions {
  kind: 'import';
  databaseUrl: string | null;
  data: string;
  from: string;
}
export interface HelpOptions {
  kind: 'help';
  text: string;
}

const longestPassword = 1_024;
const longestName = 200;

/**
 * Reads the command line, and secrets from the environment too. Throws an Error whose sentence
 * names the mistake and the possible values.
 */
export function readOptions(
  argv: readonly string[],
  env: NodeJS.ProcessEnv = {},
): ServeOptions | AddUserOptions | ImportOptions | HelpOptions {
  const { values, positionals } = parse(argv);
  const command = positionals.join(' ');
  if (values.help)
    return {
      kind: 'help',
      text: help[command === 'user add' || command === 'import' ? command : 'serve'].join('\n'),
    };
  const databaseUrl = databaseOf(values, env);
  const where = { databaseUrl, data: dataFolder(values.data, databaseUrl !== null) };
  if (command === '') return serveOptions(values, env, where);
  if (command === 'import')
    return {
      kind: 'import',
      ...where,
      from: sourceOf(values.from ?? env['STAFFDESK_IMPORT_FROM']),
    };
  if (command !== 'user add')
    throw new Error(
      `Unknown command "${command}". There are: user add --email you@example.com --role staff, and import --from URL`,
    );
  return { kind: 'add-user', ...where, ...person(values) };
}

function serveOptions(
  values: ReturnType<typeof parse>['values'],
  env: NodeJS.ProcessEnv,
  where: Pick<ServeOptions, 'databaseUrl' | 'data'>,
): ServeOptions {
  return {
    kind: 'serve',
    ...where,
    host: given('--host', values.host, 'an address of this machine, such as 127.0.0.1'),
    port: number('--port', values.port, 65_535),
    demoTickets:
      values['demo-tickets'] === undefined
        ? null
        : number('--demo-tickets', values['demo-tickets'], 1_000_000),
    demoTraffic: values['demo-traffic'],
    log: values.log || values['log-addresses'] ? { addresses: values['log-addresses'] } : null,
    metricsToken:
      given('--metrics-token', values['metrics-token'], 'the token') ??
      (env['STAFFDESK_METRICS_TOKEN'] || null),
    trustProxy: values['trust-proxy'] === undefined ? null : proxies(values['trust-proxy']),
    drainMs: number('--drain-seconds', values['drain-seconds'], 300) * 1_000,
    poolSize: number('--pool-size', values['pool-size'], 1_000, 1),
    portal: portalSettings(values),
  };
}

/**
 * An argument takes precedence over the environment, even --data: the demo must not fill the
 * database of the shell that it is started in.
 */
function databaseOf(
  values: { 'database-url'?: string | undefined; data?: string | undefined },
  env: NodeJS.ProcessEnv,
): string | null {
  if (values['database-url'] !== undefined)
    return postgresUrl('--database-url', values['database-url']);
  return values.data === undefined && env['STAFFDESK_DATABASE_URL']
    ? postgresUrl('STAFFDESK_DATABASE_URL', env['STAFFDESK_DATABASE_URL'])
    : null;
}

function sourceOf(from: string | undefined): string {
  if (from && /^postgres(ql)?:\/\//.test(from)) return postgresUrl('--from', from);
  throw new Error(
    'import needs the PostgreSQL database to read: --from postgres://HOST/DATABASE, with ' +
      'user and password as in --database-url',
  );
}

/** The error does not repeat the address, which may contain a password. */
function postgresUrl(name: string, text: string): string {
  if (/^postgres(ql)?:\/\/./.test(text) && URL.canParse(text)) return text;
  throw new Error(
    `${name} takes the address of a PostgreSQL database such as postgres://HOST/DATABASE; ` +
      'a / or @ in its password is written as %2F or %40.',
  );
}

interface PersonValues {
  email?: string | undefined;
  role: string;
  name?: string | undefined;
  password?: string | undefined;
}

function person({
  email,
  role,
  name,
  password,
}: PersonValues): Pick<AddUserOptions, 'email' | 'role' | 'name' | 'password'> {
  if (email === undefined) throw new Error('user add needs --email you@example.com');
  if (!/^[^@\s]+@[^@\s]+$/.test(email) || email.length > 254)
    throw new Error(`--email takes an email address such as you@example.com, not "${email}".`);
  if (role !== 'customer' && role !== 'staff' && role !== 'admin')
    throw new Error(`--role is customer, staff or admin, not "${role}".`);
  if (
    password !== undefined &&
    (password.length < shortestPassword || password.length > longestPassword)
  ) {
    throw new Error(
      `--password takes ${shortestPassword} to ${longestPassword} characters, not ${password.length}.`,
    );
  }
  return {
    email,
    role,
    name: name === undefined ? (email.split('@')[0] ?? email) : personName(name),
    password: password ?? null,
  };
}

function personName(text: string): string {
  const name = text.trim();
  // It needs a letter or digit of any script: others cannot see a name of signs and invisible
  // characters.
  if (!/[\p{L}\p{N}]/u.test(name) || /\p{Cc}/u.test(name) || name.length > longestName)
    throw new Error(
      `--name takes a name of 1 to ${longestName} visible characters, not "${text}".`,
    );
  return name;
}

/** Looked up only if it is needed: a machine can be without a home folder. */
function dataFolder(folder: string | undefined, unused: boolean): string {
  if (folder === '') throw new Error('--data takes a folder, not "".');
  if (folder !== undefined || unused) return folder ?? '';
  try {
    return join(homedir(), '.staffdesk-api');
  } catch (error) {
    throw new Error('There is no home folder for the data. Name a folder with --data DIR.', {
      cause: error,
    });
  }
}

/**
 * Only addresses: a mere 'yes' would believe any caller's claim about its own address, and so
 * defeat the limits by address.
 */
function proxies(text: string): string {
  const names = ['loopback', 'linklocal', 'uniquelocal'];
  const fits = (part: string): boolean => {
    const [address = '', bits, ...rest] = part.split('/');
    const family = isIP(address);
    return (
      rest.length === 0 &&
      family !== 0 &&
      (bits === undefined || (/^\d+$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128)))
    );
  };
  const parts = text.split(',').map((part) => part.trim());
  if (!parts.every((part) => names.includes(part) || fits(part)))
    throw new Error(
      `--trust-proxy takes the addresses of your balancer, such as 10.0.0.7 or 10.0.0.0/8,loopback, not "${text}".`,
    );
  return parts.join(',');
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        'database-url': { type: 'string' },
        data: { type: 'string' },
        host: { type: 'string', default: '127.0.0.1' },
        port: { type: 'string', default: '3000' },
        'demo-tickets': { type: 'string' },
        'demo-traffic': { type: 'boolean', default: false },
        log: { type: 'boolean', default: false },
        'log-addresses': { type: 'boolean', default: false },
        'metrics-token': { type: 'string' },
        'trust-proxy': { type: 'string' },
        'drain-seconds': { type: 'string', default: '0' },
        'pool-size': { type: 'string', default: '20' },
        'portal-name': { type: 'string' },
        'portal-phone': { type: 'string' },
        'portal-priority': { type: 'string' },
        'portal-min-length': { type: 'string' },
        from: { type: 'string' },
        email: { type: 'string' },
        role: { type: 'string', default: 'staff' },
        name: { type: 'string' },
        password: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    const options = help.serve.flatMap(
      (line) => /^ {2}(--[a-z-]+(?: [A-Z]+)?)/.exec(line)?.[1]?.trim() ?? [],
    );
    throw new Error(
      `${optionMistake(error)}. There are: ${options.join(', ')}, and the commands user add and import.`,
      { cause: error },
    );
  }
}
