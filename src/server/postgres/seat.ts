import { existsSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { canEnter, findAccount, isRoot, type Account } from './account.ts';
import {
  makePlace,
  markThrowaway,
  notedPlace,
  noteProgram,
  openSystemFolder,
  removeLeftovers,
  type Place,
} from './places.ts';
import { canRun, copyProgram, installedProgram, programName } from './program.ts';

/**
 * The files and the program of PostgreSQL for a data folder, and the user that it runs as; null for
 * the user of this process.
 */
export interface Seat {
  cluster: string;
  program: string;
  account: Account | null;
  place: Place | null;
}

/**
 * Finds or creates the seat. For an ordinary user everything is in the data folder, for root in a
 * folder that PostgreSQL's user can enter.
 */
export function takeSeat(home: string, throwaway: boolean): Seat {
  const inside = join(home, 'cluster');
  const program = installedProgram();
  if (!isRoot()) {
    if (existsSync(join(home, 'elsewhere')))
      throw new Error(
        `The database of ${home} was made as root, and only root can use it. Start this as ` +
          'root, or choose another data folder with --data.',
      );
    return { cluster: inside, program: program.folder, account: null, place: null };
  }
  removeLeftovers();
  const account = ownerOf(inside) ?? findAccount();
  if (
    !existsSync(join(home, 'elsewhere')) &&
    existsSync(inside) &&
    canEnter(account, inside) &&
    canRun(account, program.folder)
  ) {
    return { cluster: inside, program: program.folder, account, place: null };
  }
  const place = notedPlace(home, account) ?? moveOut(home, inside, account, throwaway);
  const owner = ownerOf(place.cluster) ?? account;
  if (canRun(owner, program.folder))
    return { cluster: place.cluster, program: program.folder, account: owner, place };
  noteProgram(place, programName(program.version));
  return {
    cluster: place.cluster,
    program: copyProgram(program, join(openSystemFolder(), 'programs')),
    account: owner,
    place,
  };
}

/**
 * Moves files out of the data folder that were created there while their user could still enter it.
 */
function moveOut(home: string, inside: string, account: Account, throwaway: boolean): Place {
  const place = makePlace(home, account, existsSync(inside) ? inside : null);
  if (throwaway) markThrowaway(place);
  rmSync(inside, { recursive: true, force: true });
  return place;
}

function ownerOf(cluster: string): Account | null {
  if (!existsSync(cluster)) return null;
  const { uid, gid } = statSync(cluster);
  return uid === 0 ? null : { uid, gid };
}
