import { maxMessageLength } from '../contract/wire/api.ts';
import { writtenText } from '../contract/text.ts';

export { graphemes, isBlank, isSameWritten, oneLine, plainText } from '../contract/text.ts';

/** Number of characters that a message is over the limit; 0: it can be sent. */
export function overLimit(text: string): number {
  // Normalization never makes a text longer.
  return text.length <= maxMessageLength
    ? 0
    : Math.max(0, writtenText(text).length - maxMessageLength);
}
