import type { Chance } from './chance.ts';
import { forgetKept, keptOn, setKeptBack } from './kept.ts';
import { dataFiles, type DataFile, type Machine } from './machine.ts';
import { origins } from './network.ts';
import { signIn } from './sign-in.ts';
import { storageCodes } from './storage-faults.ts';
import { accountOn, outboxOf, pickWaiting, type FolderBackup, type World } from './world.ts';

/** A backup program copies the data folder of a desk that runs. */
export function copyFolder(world: World, chance: Chance): string {
  const machine = pickWaiting(world.machines, chance);
  world.folders.set(machine.name, {
    copy: machine.copyFolder(),
    made: world.ledger.madeOn(machine.name),
    kept: keptOn(world.kept, machine),
  });
  return machine.name;
}

/** The machine with a copy of its folder, the picked one first. */
function withCopy(world: World, chance: Chance): { machine: Machine; backup: FolderBackup } | null {
  const copied = world.machines.flatMap((machine) => {
    const backup = world.folders.get(machine.name);
    return backup ? [{ machine, backup }] : [];
  });
  return copied.length === 0 ? null : chance.pick(copied);
}

/** Somebody puts an older copy in place of a data folder, or of one of its files. */
export function restoreFolder(world: World, chance: Chance): string {
  const found = withCopy(world, chance);
  if (!found) return 'no copy';
  const { machine, backup } = found;
  const files: readonly DataFile[] = chance.pick([
    dataFiles,
    dataFiles,
    ['outbox.db'],
    ['cache.db'],
  ]);
  machine.restoreFolder(backup.copy, files);
  if (files.includes('outbox.db')) goneBack(world, machine, backup);
  return `${machine.name} ${files.join(', ')} of ${backup.copy.at}`;
}

function goneBack(world: World, machine: Machine, backup: FolderBackup): void {
  world.ledger.folderRestored(machine.name, backup.made);
  setKeptBack(world.kept, machine, backup.kept);
}

/** A lost evening: the server and a desk both begin again where they were. */
export function restoreBoth(
  world: World,
  chance: Chance,
  restoreServer: (world: World, chance: Chance) => string,
): string {
  const folder = restoreFolder(world, chance);
  return `${folder}; ${restoreServer(world, chance)}`;
}

/**
 * A sync program or a hand puts an older file in place of one that is open. The desk goes on with
 * what has no name any more.
 */
export function swapFile(world: World, chance: Chance): string {
  const found = withCopy(world, chance);
  if (!found) return 'no copy';
  const { machine, backup } = found;
  const file = chance.pick(['outbox.db', 'outbox.db', 'cache.db'] as const);
  // What is written now has to wait in that file.
  machine.line.setDown(chance.flip(0.5));
  if (!machine.swapFile(backup.copy, file)) return 'not running';
  if (file === 'outbox.db') {
    world.ledger.folderRestored(machine.name, backup.made);
    forgetKept(world.kept, machine);
  }
  world.swapped.add(machine);
  return `${machine.name} ${file} of ${backup.copy.at}`;
}

const kinds = storageCodes.flatMap((code) => [
  { code, reads: false },
  ...(code === 'SQLITE_BUSY' || code === 'SQLITE_IOERR_WRITE' ? [{ code, reads: true }] : []),
]);

/** A disk is full, read-only or broken, or another program holds a file, for a while. */
export function breakDisk(world: World, chance: Chance): string {
  const machine = chance.pick(world.machines);
  const { code, reads } = chance.pick(kinds);
  const files: readonly DataFile[] = chance.pick([dataFiles, ['outbox.db'], ['cache.db']]);
  const fault = { files, code, reads, share: chance.pick([1, 1, 0.5, 0.1]), chance };
  const ms = chance.pick([300, 2_000, 9_000, 40_000]);
  machine.breakStorage(fault);
  world.time.plan(ms, () => {
    machine.mendStorage(fault);
  });
  return `${machine.name} ${files.join(', ')} ${code}${reads ? ' reads too' : ''} ${fault.share} for ${ms} ms`;
}

/**
 * Somebody else writes under the key of a message that waits: the customer, who may have seen it,
 * or a colleague.
 */
export function takeKey(world: World, chance: Chance): string {
  const waiting = world.machines.flatMap((machine) =>
    outboxOf(machine).filter((item) => item.kind === 'reply' || item.kind === 'note'),
  );
  if (waiting.length === 0) return 'nothing waits';
  const { id, ticket_id: ticket } = chance.pick(waiting);
  const owner = world.customers.find(
    (customer) => customer.id === world.model.state().tickets.get(ticket)?.userId,
  );
  const who = owner && chance.flip(0.6) ? owner : world.colleague;
  return `${who.email} ${id} ${world.api(who, 'POST', `/support/tickets/${ticket}/messages`, { message: world.newText('stranger') }, id).status}`;
}

/**
 * A desk is started against a copy of the server, or the copy answers at the own server's address.
 * Whoever is asked to sign in there does so; what they write from then on is for the copy.
 */
export async function goAway(world: World, chance: Chance): Promise<string> {
  const machine = pickWaiting(world.machines, chance);
  machine.line.setDown(false);
  if (machine.reaches() === 'away') return 'is there';
  world.away();
  const moves = chance.flip(0.5);
  if (moves) await machine.restart(origins.away);
  else machine.line.reroute(true);
  await world.time.runUntil(world.time.now() + chance.between(0, 20_000));
  const signedIn = accountOn(machine)
    ? 'nobody is asked'
    : await signIn(machine, chance.pick(world.agents));
  return `${machine.name} ${moves ? 'started elsewhere' : 'another one answers'}: ${signedIn}`;
}

/** Every machine reaches the own server again. */
export async function comeHome(world: World): Promise<void> {
  for (const machine of world.machines) {
    if (machine.reaches() === 'home') continue;
    machine.line.reroute(false);
    await machine.restart(origins.home);
  }
}
