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
  const setDay = (at: number, change: Partial<Day>): void => {
    set({ days: quiet.days.map((day, i) => (i === at ? { ...day, ...change } : day)) });
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
      <fieldset className="setting" disabled={!quiet.on}>
        <legend>{texts.quiet.breaks}</legend>
        {quietBreakers.map((breaker) => (
          <Check
            key={breaker}
            label={texts.quiet.breakers[breaker]}
            checked={quiet.breaks.includes(breaker)}
            onChange={(may) => {
              set({
                breaks: may
                  ? [...quiet.breaks, breaker]
                  : quiet.breaks.filter((one) => one !== breaker),
              });
            }}
          />
        ))}
      </fieldset>
    </>
  );
}

function DayLine({
  name,
  day,
  onChange,
}: {
  name: string;
  day: Day;
  onChange: (change: Partial<Day>) => void;
}) {
  // A field that is being emptied has no time yet.
  const take = (change: Partial<Day>): void => {
    if (Object.values(change).every((value) => value !== '')) onChange(change);
  };
  return (
    <div className="quiet-day">
      <Check
        label={name}
        checked={day.on}
        onChange={(on) => {
          onChange({ on });
        }}
      />
      <input
        type="time"
        aria-label={texts.quiet.fromOf(name)}
        value={day.from}
        disabled={!day.on}
        onChange={(event) => {
          take({ from: event.target.value });
        }}
      />
      <span aria-hidden="true">–</span>
      <input
        type="time"
        aria-label={texts.quiet.toOf(name)}
        value={day.to}
        disabled={!day.on}
        onChange={(event) => {
          take({ to: event.target.value });
        }}
      />
      <span className="quiet">
        {day.on && day.to <= day.from
          ? day.from === day.to && day.from === '00:00'
            ? texts.quiet.allDay
            : texts.quiet.nextDay
          : ''}
      </span>
    </div>
  );
}
