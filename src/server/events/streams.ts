import type { ServerResponse } from 'node:http';
import type { Actor } from '../auth/actor.ts';

/** One open event stream. `behind`: its reader has not taken what was written, and gets one event for all that it missed. */
interface Stream { actor: Actor; response: ServerResponse; state: 'ready' | 'behind' }

/** The open event streams of this process. */
export interface Streams {
  add(actor: Actor, response: ServerResponse): void;
  /** Says 'look again' to the streams whose actor fits. */
  changed(fits: (actor: Actor) => boolean, cursorFor: (actor: Actor) => string): void;
  heartbeat(): void;
  /** Ends the streams whose actor fits. */
  end(fits: (actor: Actor) => boolean): void;
  actors(): Actor[];
}

export function createStreams(): Streams {
  const streams = new Set<Stream>();

  function sayChanged(stream: Stream, cursor: string): void {
    if (stream.state === 'behind') return;
    if (stream.response.write(`event: changed\ndata: ${JSON.stringify({ cursor })}\n\n`)) return;
    stream.state = 'behind';
    stream.response.once('drain', () => {
      stream.state = 'ready';
      sayChanged(stream, cursor);
    });
  }

  return {
    add(actor, response) {
      const stream: Stream = { actor, response, state: 'ready' };
      streams.add(stream);
      response.on('close', () => { streams.delete(stream); });
      // A broken connection also closes; without a listener its error would end the process.
      response.on('error', () => { streams.delete(stream); });
      response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
      response.write(beat);
    },
    changed(fits, cursorFor) {
      for (const stream of streams) if (fits(stream.actor)) sayChanged(stream, cursorFor(stream.actor));
    },
    heartbeat() {
      for (const { response, state } of streams) if (state === 'ready') response.write(beat);
    },
    end(fits) {
      for (const { actor, response } of streams) if (fits(actor)) response.end();
    },
    actors: () => [...streams].map(({ actor }) => actor),
  };
}

const beat = 'event: heartbeat\ndata: {}\n\n';
