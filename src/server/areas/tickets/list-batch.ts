/** Where a list goes on: behind this row in the order of time. `at` as PostgreSQL writes it. */
export interface Place {
  at: string;
  id: string;
}

/** Some rows of a list, each in JSON, and where it goes on; null at its end. */
export interface Batch {
  texts: string[];
  next: Place | null;
}

export type ListOrder = 'asc' | 'desc';

export interface BatchRequest {
  after: Place | null;
  /** At most. */
  rows: number;
}

/**
 * What is read from the database at once of a long list: enough for most, little enough for many
 * readers at the same time.
 */
export const batchRows = 500;
export const batchBytes = 256_000;
