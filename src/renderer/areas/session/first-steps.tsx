import { Copy, ExternalLink } from 'lucide-react';
import type { ReactNode } from 'react';
import type { SyncState } from '../../../contract/bridge.ts';
import { useStoreOf, usePart } from '../../stores-context.tsx';
import { texts } from '../../texts.ts';
import { Button } from '../../kit/button.tsx';
import { copyText } from '../../kit/copy.ts';
import { FirstKeys } from './welcome.tsx';

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

/** Shows the first steps in a workspace without tickets; they take the room of all panes. */
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
      <div className="first-steps-page">
        <h2 id="first-steps-title">{title}</h2>
        <p className="quiet">{hint}</p>
        <ol>
          <Step
            title={portalTitle}
            hint={
              <>
                {portalHint} <bdi className="first-steps-address">{withoutScheme(portal)}</bdi>
              </>
            }
          >
            <CopyLink link={portal} />
          </Step>
          <Step title={testTitle} hint={testHint}>
            <a className="btn btn-plain" href={portal} target="_blank" rel="noopener noreferrer">
              <ExternalLink size={14} aria-hidden="true" />
              {open}
            </a>
          </Step>
        </ol>
        <FirstKeys />
      </div>
    </section>
  );
}

const withoutScheme = (address: string): string => address.replace(/^https?:\/\//, '');

function Step({ title, hint, children }: { title: string; hint: ReactNode; children: ReactNode }) {
  return (
    <li>
      <h3>{title}</h3>
      <p className="quiet">{hint}</p>
      {children}
    </li>
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
