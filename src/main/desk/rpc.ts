/** For calls between threads: they take as long as they take, since some wait for a network. */
export const noTimeout = -1;
