/** The kinds of server that the desk knows, a folder each beside this file. */
export type KindName = 'staffdesk' | 'level1';

/** The properties that all servers of a kind share. The features of one server are its abilities. */
export interface Traits {
  /**
   * How a message shows which operation made it. `keyed`: it repeats the key that the operation
   * was sent under; `guessed`: only its words show it.
   */
  sends: 'keyed' | 'guessed';
  /**
   * `feed`: it lists the changes behind a cursor; `list`: it lists all of its tickets each time.
   */
  tells: 'feed' | 'list';
  /** It may show an account only the tickets that it opened itself, and does not say so. */
  hidesOthers: boolean;
}
