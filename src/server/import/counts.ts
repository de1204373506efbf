/**
 * What became of the rows of a kind. `kept`: changed there, but here too, so what is here stays.
 */
export interface Counts {
  found: number;
  added: number;
  updated: number;
  kept: number;
}
