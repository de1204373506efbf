export type Tone = 'blue' | 'green' | 'grey';
const statuses: Record<string, Tone> = {
  open: 'blue',
  in_progress: 'blue',
  waiting: 'blue',
  resolved: 'green',
  closed: 'grey',
};

export const statusTone = (status: string): Tone => statuses[status] ?? 'grey';

/** The priorities that the list of tickets names. */
export const isPressing = (priority: string): boolean =>
  priority === 'high' || priority === 'urgent';
