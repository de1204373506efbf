import { availableParallelism } from 'node:os';

/**
 * How many test files run at once. Most tests wait for a database, a browser or a network much of
 * their time, so there is one more than cores, and two cores are the least.
 */
export const workers = Math.max(2, availableParallelism()) + 1;
