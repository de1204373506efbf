import { createParser } from 'eventsource-parser';

/** Three heartbeats missed: the connection is dead though nobody said so. */
const silenceMs = 45_000;

export interface StreamHandlers {
  onOpen(): void;
  onMessage(data: string): void;
}

/**
 * Follows an event stream until it ends, in whatever way; returns the status it was refused with,
 * or null. An EventSource cannot send the header that says which window this is.
 */
export async function followStream(
  path: string,
  headers: Record<string, string>,
  stop: AbortController,
  { onOpen, onMessage }: StreamHandlers,
): Promise<number | null> {
  let silence: ReturnType<typeof setTimeout> | undefined;
  const alive = (): void => {
    clearTimeout(silence);
    silence = setTimeout(() => {
      stop.abort();
    }, silenceMs);
  };
  try {
    alive();
    const response = await fetch(path, {
      headers,
      credentials: 'omit',
      cache: 'no-store',
      signal: stop.signal,
    });
    if (!response.ok || !response.body) return response.status;
    onOpen();
    const parser = createParser({
      onEvent: ({ data }) => {
        onMessage(data);
      },
    });
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      alive();
      parser.feed(part.value);
    }
  } catch {
    // Cut, silent or refused by nobody at all: whoever asked opens it again and finds out.
  } finally {
    clearTimeout(silence);
  }
  return null;
}
