/** How many threads of the REST comparison are really called. */
export const restSample = 2_000;

/** An agent of the paced run writes this often; a busy one in real life once a minute or two. */
export const pacedMs = 2_000;

/** The load: event streams, agents, and how many times each agent pulls and writes. */
export const loadSize = { streams: 500, agents: 50, writesEach: 40 } as const;
