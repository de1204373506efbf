import type { Traits } from '../kind.ts';

export const traits: Traits = { sends: 'guessed', tells: 'list', hidesOthers: true };
