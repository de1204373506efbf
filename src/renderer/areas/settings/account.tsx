import { useStoreOf, usePart } from '../../stores-context.tsx';
import { texts } from '../../texts.ts';
import { Avatar } from '../../kit/avatar.tsx';
import { Button } from '../../kit/button.tsx';
import { Fact } from '../../kit/fact.tsx';

/** The signed-in account, its server, and where its token is kept. */
export function AccountSection() {
  const settings = usePart((s) => s.settings);
  const signOut = usePart((s) => s.signOut);
  const session = useStoreOf(
    (s) => s.session,
    (state) => state.session,
  );
  if (!session?.account) return null;
  const { account, server, secret_store: place } = session;
  const words = texts.accountSettings;
  return (
    <>
      <div className="person">
        <Avatar name={account.name} size={36} />
        <div>
          <b dir="auto">{account.name}</b>
          <span className="quiet">{account.email}</span>
        </div>
      </div>
      <dl className="facts">
        <Fact label={words.role}>{words.roles[account.role] ?? account.role}</Fact>
        <Fact label={texts.server}>{server.replace(/^https?:\/\//, '')}</Fact>
        <Fact label={words.token}>{words.tokenPlaces[place]}</Fact>
      </dl>
      {place === 'memory' && <p className="quiet">{texts.memoryToken}</p>}
      <div className="setting">
        <Button
          onClick={() => {
            settings.hide();
            void signOut.ask();
          }}
        >
          {texts.signOut}
        </Button>
        <p className="quiet">{words.signOutHint}</p>
      </div>
    </>
  );
}
