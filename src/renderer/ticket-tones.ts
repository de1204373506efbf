import type { Tone } from './kit/pill.tsx';

const statusTones: Record<string, Tone> = {
  open: 'blue',
  in_progress: 'blue',
  waiting: 'amber',
  resolved: 'green',
  closed: 'green',
};
const priorityTones: Record<string, Tone> = { urgent: 'red', high: 'amber' };

/** Colours of ticket states; unknown ones are grey. */
export const statusTone = (status: string): Tone => statusTones[status] ?? 'grey';
export const priorityTone = (priority: string): Tone => priorityTones[priority] ?? 'grey';
