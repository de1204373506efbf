import { keepChoices } from '../../../contract/bridge.ts';
import { useStoreOf, usePart } from '../../stores-context.tsx';
import { texts } from '../../texts.ts';
import { Segments } from '../../kit/segments.tsx';

/**
 * Setting of how far back closed tickets are kept on this computer, with the reason for the
 * automatic choice.
 */
export function KeptTickets() {
  const store = usePart((s) => s.settings);
  const choice = useStoreOf(
    (s) => s.settings,
    (state) => state.settings?.keep_closed_days ?? null,
  );
  const days = useStoreOf(
    (s) => s.session,
    (state) => state.sync?.kept_days ?? null,
  );
  const level = useStoreOf(
    (s) => s.session,
    (state) => state.sync?.abilities.level ?? null,
  );
  const words = texts.kept;
  // Such a server lists all of its tickets each time.
  if (level === 1) return <p className="quiet">{words.allOfLevel1}</p>;
  const state = days === null ? words.all : words.since(days);
  return (
    <Segments
      label={words.label}
      hint={choice === 'auto' ? `${state} ${days === null ? words.small : words.large}` : state}
      value={choice}
      options={keepChoices.map((value) => ({ value, label: words.choices[value] }))}
      onChange={(keep_closed_days) => {
        store.set({ keep_closed_days });
      }}
    />
  );
}
