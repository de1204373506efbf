import { maxMessageLength } from '../contract/api.ts';
import { writtenText } from '../contract/text.ts';

export { graphemes, isBlank, isSameWritten, oneLine, plainText } from '../contract/text.ts';

/** By how many characters a message is over the limit; 0: it can be sent. */
export function overLimit(text: string): number {
  // Reading a text never makes it longer.
  return text.length <= maxMessageLength
    ? 0
    : Math.max(0, writtenText(text).length - maxMessageLength);
}
