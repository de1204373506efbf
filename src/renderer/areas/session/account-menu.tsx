import { useRef, type RefObject } from 'react';
import type { SessionState } from '../../../contract/bridge.ts';
import { useStoreOf, usePart } from '../../stores-context.tsx';
import { texts } from '../../texts.ts';
import { Avatar } from '../../kit/avatar.tsx';
import { Button } from '../../kit/button.tsx';

/** Menu of the signed-in account, in the platform's own popover. */
export function AccountMenu() {
  const session = useStoreOf(
    (s) => s.session,
    (state) => state.session,
  );
  const opener = useRef<HTMLButtonElement>(null);
  if (!session?.account) return null;
  const { name } = session.account;
  return (
    <>
      <button
        ref={opener}
        type="button"
        className="who"
        popoverTarget="account-menu"
        aria-label={`${texts.account}: ${name}`}
      >
        <Avatar name={name} /> <span>{name}</span>
      </button>
      <div id="account-menu" popover="auto" className="menu">
        <Facts session={session} account={session.account} />
        <Actions opener={opener} />
      </div>
    </>
  );
}

interface FactsProps {
  session: SessionState;
  account: NonNullable<SessionState['account']>;
}

function Facts({ session: { server, secret_store: store }, account }: FactsProps) {
  return (
    <>
      <p>
        <strong>{account.name}</strong>
        <br />
        {account.email}
      </p>
      <p className="quiet">
        {texts.server} {server.replace(/^https?:\/\//, '')}
      </p>
      {store === 'memory' && <p className="quiet">{texts.memoryToken}</p>}
    </>
  );
}

function Actions({ opener }: { opener: RefObject<HTMLButtonElement | null> }) {
  const settings = usePart((s) => s.settings);
  const signOut = usePart((s) => s.signOut);
  // A dialog gives the focus back to where it was, and this menu will be gone by then.
  function focusOpener(): void {
    opener.current?.focus();
  }
  function showSettings(): void {
    focusOpener();
    settings.show();
  }
  return (
    <div className="menu-actions">
      <Button popoverTarget="account-menu" popoverTargetAction="hide" onClick={showSettings}>
        {texts.settings}
      </Button>
      <Button
        popoverTarget="account-menu"
        popoverTargetAction="hide"
        onClick={() => {
          focusOpener();
          void signOut.ask();
        }}
      >
        {texts.signOut}
      </Button>
    </div>
  );
}
