/**
 * A page is cut at about so many bytes of JSON, so that nothing that anybody writes can make it
 * huge.
 */
export const pageBytes = 1_000_000;

/** What a ticket and a message take in JSON beside the message's text, about. */
export const ticketBytes = 700;
export const messageBytes = 350;
/** A colleague or a removal. */
export const smallBytes = 150;
/** One more than fit into a page, however short they are. */
export const mostMessages = Math.ceil(pageBytes / messageBytes) + 1;

/** As many as fit into a page, from the first on: at most `limit`, at least one. */
export function fitting<T extends { bytes: number }>(list: readonly T[], limit: number): T[] {
  let sum = 0;
  const cut = list.findIndex(({ bytes }, i) => {
    sum += bytes;
    return i >= limit || (i > 0 && sum > pageBytes);
  });
  return cut === -1 ? [...list] : list.slice(0, cut);
}
