/** A word, which may still be incomplete, or an exact phrase. */
export interface SearchTerm {
  text: string;
  phrase: boolean;
}
