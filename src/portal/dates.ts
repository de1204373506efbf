/** Times of the wire as a customer reads them. Times of level-1 servers have no zone and mean UTC. */
export interface Dates {
  /** The whole date and the time. */
  full(wire: string): string;
  /** The time, with the day unless that is today, and the year unless that is this one. */
  moment(wire: string): string;
  /** The time if that is today, else the day, with the year unless that is this one. */
  short(wire: string): string;
}

const time = { hour: '2-digit', minute: '2-digit' } as const;

export function datesIn(locale: string, now = (): Date => new Date()): Dates {
  const format = (at: Date, options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(locale, options).format(at);
  return {
    full: (wire) => format(parse(wire), { dateStyle: 'medium', timeStyle: 'short' }),
    moment(wire) {
      const at = parse(wire);
      return format(at, { ...dayUnlessToday(at, now()), ...time });
    },
    short(wire) {
      const at = parse(wire);
      return format(at, dayUnlessToday(at, now()) ?? time);
    },
  };
}

function dayUnlessToday(at: Date, now: Date): Intl.DateTimeFormatOptions | null {
  if (at.toDateString() === now.toDateString()) return null;
  const day = { day: 'numeric', month: 'short' } as const;
  return at.getFullYear() === now.getFullYear() ? day : { ...day, year: 'numeric' };
}

function parse(wire: string): Date {
  return new Date(/(Z|[+-]\d{2}:\d{2})$/.test(wire) ? wire : `${wire}Z`);
}
