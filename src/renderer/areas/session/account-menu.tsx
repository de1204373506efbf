import { useRef } from 'react';
import { useStoreOf, usePart } from '../../stores-context.tsx';
import { texts } from '../../texts.ts';
import { Avatar } from '../../kit/avatar.tsx';
import { Button } from '../../kit/button.tsx';

/** Menu of the signed-in account, in the platform's own popover. */
export function AccountMenu() {
  const store = usePart((s) => s.session);
  const settings = usePart((s) => s.settings);
  const composer = usePart((s) => s.composer);
  const session = useStoreOf(
    (s) => s.session,
    (state) => state.session,
  );
  const opener = useRef<HTMLButtonElement>(null);
  if (!session?.account) return null;
  function showSettings(): void {
    // The dialog gives the focus back to where it was, and this menu will be gone by then.
    opener.current?.focus();
    settings.show();
  }
  return (
    <>
      <button
        ref={opener}
        type="button"
        className="who"
        popoverTarget="account-menu"
        aria-label={`${texts.account}: ${session.account.name}`}
      >
        <Avatar name={session.account.name} /> <span>{session.account.name}</span>
      </button>
      <div id="account-menu" popover="auto" className="menu">
        <p>
          <strong>{session.account.name}</strong>
          <br />
          {session.account.email}
        </p>
        <p className="quiet">
          {texts.server} {session.server.replace(/^https?:\/\//, '')}
        </p>
        {session.secret_store === 'memory' && <p className="quiet">{texts.memoryToken}</p>}
        <div className="menu-actions">
          <Button popoverTarget="account-menu" popoverTargetAction="hide" onClick={showSettings}>
            {texts.settings}
          </Button>
          <Button
            onClick={() => {
              void composer.flush().then(store.signOut);
            }}
          >
            {texts.signOut}
          </Button>
        </div>
      </div>
    </>
  );
}
