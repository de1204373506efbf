import type { WorkElsewhere } from '../../../contract/bridge.ts';
import { useStoreOf, usePart } from '../../stores-context.tsx';
import { texts } from '../../texts.ts';
import { Button } from '../../kit/button.tsx';

/** Says what waits on this computer for another server, and what can be done with it. */
export function Elsewhere() {
  const session = useStoreOf(
    (s) => s.session,
    (state) => state.session,
  );
  const works = session?.elsewhere ?? [];
  const changed = session?.server_changed === true;
  if (works.length === 0 && !changed) return null;
  return (
    <section className="elsewhere" aria-label={texts.elsewhere.label}>
      {changed && <p>{texts.elsewhere.changed}</p>}
      {works.map((work) => (
        <Waiting key={work.key} work={work} />
      ))}
    </section>
  );
}

function Waiting({ work }: { work: WorkElsewhere }) {
  const session = usePart((s) => s.session);
  const { elsewhere } = texts;
  return (
    <div className="elsewhere-work">
      <p>
        <strong>
          {elsewhere.waits(work.waiting, work.drafts, work.server ?? elsewhere.unknownServer)}
        </strong>{' '}
        {work.server !== null && elsewhere.goBack}
      </p>
      {work.can_take_over && (
        <>
          <p>{elsewhere.sameServerHint}</p>
          <Button
            onClick={() => {
              void session.takeOver(work.key);
            }}
          >
            {elsewhere.sameServer}
          </Button>
        </>
      )}
    </div>
  );
}
