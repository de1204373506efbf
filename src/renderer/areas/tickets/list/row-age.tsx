import type { SearchHit, TicketRow as Row } from '../../../../contract/bridge.ts';
import { duration, fullTime, shortTime } from '../../../kit/format.ts';
import { texts } from '../../../texts.ts';

interface Props {
  row: Row;
  hit: SearchHit | null;
  now: number;
  /** Whether to name the status: a view may say it already. */
  saysStatus: boolean;
}

/**
 * How old a row is: for how long the customer has waited for a reply, else the status with the time
 * of the last message.
 */
export function RowAge({ row, hit, now, saysStatus }: Props) {
  const at = hit?.at ?? row.activity_at;
  const needsReply = row.status === 'waiting' && row.snooze?.state !== 'asleep' && hit === null;
  const status = texts.status[row.status] ?? row.status;
  return (
    <time className={needsReply ? 'row-age chip' : 'row-age'} title={fullTime(at)}>
      {saysStatus && <span className="row-status">{`${status}${needsReply ? ' ' : ' · '}`}</span>}
      {needsReply ? duration(at, now) : shortTime(at, now)}
    </time>
  );
}
