import { texts } from '../../../texts.ts';

/** Checkbox that lets a customer's reply wake the ticket before its time. */
export function ThroughReplies({ on, onChange }: { on: boolean; onChange: (on: boolean) => void }) {
  return (
    <label className="filter-check">
      <input
        type="checkbox"
        checked={!on}
        onChange={(event) => {
          onChange(!event.target.checked);
        }}
      />
      <span>{texts.snooze.sooner}</span>
    </label>
  );
}
