import type { Random } from '../random.ts';
import { endlessThread } from './endless.ts';
import type { WholeThread } from './endless.ts';

export function hostileThread(random: Random, _which: number): WholeThread { return endlessThread(random, 4); }
