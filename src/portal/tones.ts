type Tone = 'blue' | 'green' | 'amber' | 'red' | 'grey';
const statuses: Record<string, Tone> = {
  open: 'blue',
  in_progress: 'blue',
  waiting: 'amber',
  resolved: 'green',
  closed: 'grey',
};
const priorities: Record<string, Tone> = { urgent: 'red', high: 'amber' };

export const statusTone = (status: string): Tone => statuses[status] ?? 'grey';
export const priorityTone = (priority: string): Tone => priorities[priority] ?? 'grey';
