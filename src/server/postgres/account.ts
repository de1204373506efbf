import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** The numbers of a user of this machine, as `spawn` takes them. */
export interface Account {
  uid: number;
  gid: number;
}

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/**
 * The user that PostgreSQL runs as if this process is root, as which it refuses to run: `postgres`,
 * created if it is missing, else `nobody`. It must have a name, because initdb looks it up.
 */
export function findAccount(): Account {
  const account = lookUp('postgres') ?? makeAccount('postgres') ?? lookUp('nobody');
  if (account === null)
    throw new Error(
      'PostgreSQL refuses to run as root, and this machine has no other user for it. ' +
        'Create the user postgres, or give the address of a database with --database-url.',
    );
  return account;
}

/**
 * True if that user can enter a folder. The system is asked, because modes alone do not show it:
 * there are access lists and mounts too.
 */
export function canEnter(account: Account, folder: string): boolean {
  return (
    spawnSync('/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder], {
      ...account,
      cwd: '/',
      stdio: 'ignore',
    }).status === 0
  );
}

function lookUp(name: string): Account | null {
  return inPasswordFile(name) ?? fromDirectory(name);
}

function inPasswordFile(name: string): Account | null {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((each) => each.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return toAccount(uid, gid);
}

/** Users can also come from a directory service. */
function fromDirectory(name: string): Account | null {
  const ask = (flag: string): string =>
    spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout ?? '';
  return toAccount(ask('-u').trim(), ask('-g').trim());
}

function toAccount(uid = '', gid = ''): Account | null {
  const account = { uid: Number(uid), gid: Number(gid) };
  return /^\d+$/.test(uid) && /^\d+$/.test(gid) && account.uid !== 0 ? account : null;
}

function makeAccount(name: string): Account | null {
  const ways: [program: string, args: string[]][] = [
    ['useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/bin/false', name]],
    // BusyBox, as in Alpine.
    ['adduser', ['-S', '-D', '-H', '-s', '/bin/false', name]],
  ];
  for (const [program, args] of ways) {
    if (spawnSync(program, args, { stdio: 'ignore' }).status === 0) return lookUp(name);
  }
  return null;
}
