import { History } from 'lucide-react';
import { useRef } from 'react';
import type { MessageKind } from '../../../contract/bridge.ts';
import { useStoreOf, usePart } from '../../stores-context.tsx';
import { texts } from '../../texts.ts';
import { age, fullTime } from '../../kit/format.ts';
import { useNow } from '../../kit/use-now.ts';

/** Earlier texts of this draft, of the last days; one press brings one back. */
export function Versions({ ticketId, kind }: { ticketId: string; kind: MessageKind }) {
  const composer = usePart((s) => s.composer);
  const versions = useStoreOf(
    (s) => s.composer,
    (state) => state.versions,
  );
  const now = useNow();
  const box = useRef<HTMLDivElement>(null);
  return (
    <>
      <button
        type="button"
        className="icon-btn versions-open"
        popoverTarget="versions"
        aria-label={texts.versions}
        title={texts.versions}
      >
        <History size={14} />
      </button>
      <div
        ref={box}
        id="versions"
        popover="auto"
        role="dialog"
        aria-label={texts.versions}
        className="pop pop-versions"
        onToggle={(event) => {
          if (event.newState === 'open') composer.askVersions(ticketId, kind);
        }}
      >
        <h2>{texts.versions}</h2>
        <p className="pop-hint">{versions?.length === 0 ? texts.noVersions : texts.versionsHint}</p>
        {versions?.map((version) => (
          <button
            key={version.saved_at}
            type="button"
            className="version"
            onClick={() => {
              box.current?.hidePopover();
              void composer.restoreVersion(ticketId, kind, version.text);
            }}
          >
            <time title={fullTime(version.saved_at)}>{texts.ago(age(version.saved_at, now))}</time>
            <span dir="auto">{version.text}</span>
          </button>
        ))}
      </div>
    </>
  );
}
