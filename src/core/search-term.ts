/** A word that may still be growing, or a phrase that stands as it is. */
export interface SearchTerm {
  text: string;
  phrase: boolean;
}
