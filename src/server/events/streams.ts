import type { ServerResponse } from 'node:http';
import type { PresenceEvent } from '../../contract/wire/api.ts';
import type { Actor } from '../auth/actor.ts';

/**
 * `behind`: the reader has not taken the written data. `missed`: the newest cursor that it was not
 * told; it gets one event for all. `beats`: the heartbeats since then.
 */
type StreamState = { kind: 'ready' } | { kind: 'behind'; missed: string | null; beats: number };
/**
 * A reader who takes nothing for this many heartbeats is gone, whatever the state of its
 * connection.
 */
const mostBeatsBehind = 2;
interface Stream {
  actor: Actor;
  response: ServerResponse;
  state: StreamState;
}

/** The open event streams of this process. */
export interface Streams {
  /** `present`: the present state of all others, sent first. */
  add(actor: Actor, response: ServerResponse, present: PresenceEvent[]): void;
  /** Tells the streams whose actor fits to look again. */
  changed(fits: (actor: Actor) => boolean, cursorFor: (actor: Actor) => string): void;
  /**
   * Reports a person's presence. A reader who is behind is left out: it gets the next repetition,
   * and entries expire automatically.
   */
  presence(fits: (actor: Actor) => boolean, event: PresenceEvent): void;
  /** Sends a heartbeat to all streams, and ends those that nobody reads. */
  heartbeat(): void;
  /** Ends the streams whose actor fits. */
  end(fits: (actor: Actor) => boolean): void;
  actors(): Actor[];
}

export function createStreams(): Streams {
  const streams = new Set<Stream>();

  return {
    add(actor, response, present) {
      const stream: Stream = { actor, response, state: { kind: 'ready' } };
      streams.add(stream);
      onGone(response, () => {
        streams.delete(stream);
      });
      response.writeHead(200, streamHeaders);
      write(stream, [beat, ...present.map((event) => frame('presence', event))].join(''));
    },
    changed(fits, cursorFor) {
      for (const stream of streams) {
        if (!fits(stream.actor)) continue;
        const cursor = cursorFor(stream.actor);
        if (stream.state.kind === 'behind') stream.state.missed = cursor;
        else write(stream, frame('changed', { cursor }));
      }
    },
    presence(fits, event) {
      for (const stream of streams)
        if (stream.state.kind === 'ready' && fits(stream.actor))
          write(stream, frame('presence', event));
    },
    heartbeat() {
      for (const stream of streams) {
        if (stream.state.kind === 'ready') write(stream, beat);
        else if (stream.state.beats >= mostBeatsBehind) stream.response.destroy();
        else stream.state.beats += 1;
      }
    },
    end(fits) {
      for (const { actor, response } of streams) if (fits(actor)) response.end();
    },
    actors: () => [...streams].map(({ actor }) => actor),
  };
}

function onGone(response: ServerResponse, run: () => void): void {
  response.on('close', run);
  // A broken connection also emits 'close'; without a listener its error would end the process.
  response.on('error', run);
}

const streamHeaders = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  'x-accel-buffering': 'no',
};

/** If the reader does not keep up, the stream is behind until its buffer is empty. */
function write(stream: Stream, text: string): void {
  if (stream.response.write(text)) return;
  stream.state = { kind: 'behind', missed: null, beats: 0 };
  stream.response.once('drain', () => {
    const missed = stream.state.kind === 'behind' ? stream.state.missed : null;
    stream.state = { kind: 'ready' };
    if (missed !== null) write(stream, frame('changed', { cursor: missed }));
  });
}

const frame = (name: string, data: object): string =>
  `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
const beat = frame('heartbeat', {});
