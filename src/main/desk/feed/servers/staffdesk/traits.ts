import type { Traits } from '../kind.ts';

export const traits: Traits = { sends: 'keyed', tells: 'feed', hidesOthers: false };
