import { quietBreakers, type QuietHours } from '../../../contract/bridge.ts';
import { useStoreOf, usePart } from '../../stores-context.tsx';
import { texts } from '../../texts.ts';
import { Check } from '../../kit/check.tsx';
import { weekdayName } from '../../kit/format.ts';

type Day = QuietHours['days'][number];

/** By weekday: when nothing may ring or pop up, and what may all the same. */
export function QuietHoursSection() {
  const store = usePart((s) => s.settings);
  const quiet = useStoreOf(
    (s) => s.settings,
    (state) => state.settings?.quiet_hours ?? null,
  );
  if (!quiet) return null;
  const set = (change: Partial<QuietHours>): void => {
    store.set({ quiet_hours: { ...quiet, ...change } });
  };
  return (
    <>
      <Check
        label={texts.quiet.on}
        hint={texts.quiet.hint}
        checked={quiet.on}
        onChange={(on) => {
          set({ on });
        }}
      />
      <Days quiet={quiet} onChange={set} />
      <Breakers quiet={quiet} onChange={set} />
    </>
  );
}

interface PartProps {
  quiet: QuietHours;
  onChange: (change: Partial<QuietHours>) => void;
}

function Days({ quiet, onChange }: PartProps) {
  const setDay = (at: number, change: Partial<Day>): void => {
    onChange({ days: quiet.days.map((day, i) => (i === at ? { ...day, ...change } : day)) });
  };
  return (
    <fieldset className="quiet-days" disabled={!quiet.on}>
      <legend className="hidden">{texts.settingsSections.quiet}</legend>
      {quiet.days.map((day, at) => (
        <DayLine
          key={weekdayName(at)}
          name={weekdayName(at)}
          day={day}
          onChange={(change) => {
            setDay(at, change);
          }}
        />
      ))}
    </fieldset>
  );
}

/** Notices that come through all the same. */
function Breakers({ quiet: { on, breaks }, onChange }: PartProps) {
  return (
    <fieldset className="setting" disabled={!on}>
      <legend>{texts.quiet.breaks}</legend>
      {quietBreakers.map((breaker) => (
        <Check
          key={breaker}
          label={texts.quiet.breakers[breaker]}
          checked={breaks.includes(breaker)}
          onChange={(may) => {
            onChange({
              breaks: may ? [...breaks, breaker] : breaks.filter((one) => one !== breaker),
            });
          }}
        />
      ))}
    </fieldset>
  );
}

interface DayProps {
  name: string;
  day: Day;
  onChange: (change: Partial<Day>) => void;
}

function DayLine({ name, day, onChange }: DayProps) {
  return (
    <div className="quiet-day">
      <Check
        label={name}
        checked={day.on}
        onChange={(on) => {
          onChange({ on });
        }}
      />
      <TimeField
        label={texts.quiet.fromOf(name)}
        value={day.from}
        disabled={!day.on}
        onChange={(from) => {
          onChange({ from });
        }}
      />
      <span aria-hidden="true">–</span>
      <TimeField
        label={texts.quiet.toOf(name)}
        value={day.to}
        disabled={!day.on}
        onChange={(to) => {
          onChange({ to });
        }}
      />
      <span className="quiet">{endHint(day)}</span>
    </div>
  );
}

interface TimeProps {
  label: string;
  value: string;
  disabled: boolean;
  onChange: (time: string) => void;
}

function TimeField({ label, value, disabled, onChange }: TimeProps) {
  return (
    <input
      type="time"
      aria-label={label}
      value={value}
      disabled={disabled}
      onChange={({ target }) => {
        // A field that is being emptied has no time yet.
        if (target.value !== '') onChange(target.value);
      }}
    />
  );
}

/** Says of hours that end on the next day that they do. */
function endHint({ on, from, to }: Day): string {
  if (!on || to > from) return '';
  return from === to && from === '00:00' ? texts.quiet.allDay : texts.quiet.nextDay;
}
