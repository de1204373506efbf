import { Copy, ExternalLink } from 'lucide-react';
import type { SyncState } from '../../../contract/bridge.ts';
import { useStoreOf, usePart } from '../../stores-context.tsx';
import { texts } from '../../texts.ts';
import { Button } from '../../kit/button.tsx';
import { copyText } from '../../kit/copy.ts';

/** Where this server has its customers' page. */
const portalPath = '/support';
/** The first level of servers that have one. */
const levelWithPortal = 2;

/** Whether the server is known to have no ticket at all, for anybody. */
export function isEmptyWorkspace(sync: SyncState | null): boolean {
  if (sync === null || sync.phase !== 'live') return false;
  const isWhole = sync.kept_days === null && sync.only_own !== true;
  return isWhole && sync.tickets_cached === 0 && (sync.abilities.level ?? 0) >= levelWithPortal;
}

/** Shows the first steps in a workspace without tickets. */
export function FirstSteps() {
  const server = useStoreOf(
    (s) => s.session,
    (state) => state.session?.server,
  );
  if (server === undefined) return null;
  const portal = `${server}${portalPath}`;
  const { title, hint, portalTitle, portalHint, testTitle, testHint, open } = texts.firstSteps;
  return (
    <section className="first-steps" aria-labelledby="first-steps-title">
      <h2 id="first-steps-title">{title}</h2>
      <p className="quiet">{hint}</p>
      <ol>
        <li>
          <h3>{portalTitle}</h3>
          <p className="quiet">{portalHint}</p>
          <p className="first-steps-address" dir="ltr">
            {portal.replace(/^https?:\/\//, '')}
          </p>
          <CopyLink link={portal} />
        </li>
        <li>
          <h3>{testTitle}</h3>
          <p className="quiet">{testHint}</p>
          <a className="btn btn-plain" href={portal} target="_blank" rel="noopener noreferrer">
            <ExternalLink size={14} aria-hidden="true" />
            {open}
          </a>
        </li>
      </ol>
    </section>
  );
}

function CopyLink({ link }: { link: string }) {
  const toasts = usePart((s) => s.toasts);
  return (
    <Button
      icon={<Copy size={14} aria-hidden="true" />}
      onClick={() => {
        if (copyText(link)) toasts.show({ kind: 'info', title: texts.copied, body: link });
        else toasts.show({ kind: 'error', ...texts.notCopied });
      }}
    >
      {texts.firstSteps.copy}
    </Button>
  );
}
