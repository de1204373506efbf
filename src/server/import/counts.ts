/**
 * The result for the rows of a kind. `kept`: changed both there and here, so the row here stays.
 */
export interface Counts {
  found: number;
  added: number;
  updated: number;
  kept: number;
}
