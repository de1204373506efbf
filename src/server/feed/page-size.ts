/** A page is cut at about this many bytes of JSON, so that nobody can make it huge. */
export const pageBytes = 1_000_000;

/** The approximate JSON size of a ticket, and of a message without its text. */
export const ticketBytes = 700;
export const messageBytes = 350;
/** A colleague or a removal. */
export const smallBytes = 150;
/** One more than can be in a page, however short they are. */
export const mostMessages = Math.ceil(pageBytes / messageBytes) + 1;

/** The first rows that fit into a page: at most `limit`, at least one. */
export function fitting<T extends { bytes: number }>(list: readonly T[], limit: number): T[] {
  let sum = 0;
  const cut = list.findIndex(({ bytes }, i) => {
    sum += bytes;
    return i >= limit || (i > 0 && sum > pageBytes);
  });
  return cut === -1 ? [...list] : list.slice(0, cut);
}
