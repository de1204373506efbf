/**
 * The place where a list continues: after this row in the order of time. `at`: as PostgreSQL writes
 * it.
 */
export interface Place {
  at: string;
  id: string;
}

/** Some rows of a list, each as JSON, and the place where it continues; null at its end. */
export interface Batch {
  texts: string[];
  next: Place | null;
}

export type ListOrder = 'asc' | 'desc';

export interface BatchRequest {
  after: Place | null;
  /** The most rows. */
  rows: number;
}

/**
 * The rows of a long list read from the database at once: enough for most lists, and few enough for
 * many readers at the same time.
 */
export const batchRows = 500;
export const batchBytes = 256_000;
