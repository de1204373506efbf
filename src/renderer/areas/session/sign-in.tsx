import { useRef, useState, type FormEvent, type ReactNode } from 'react';
import { isReadableOnTheWay } from '../../../core/server-address.ts';
import { useStoreOf, usePart } from '../../stores-context.tsx';
import { reasonText, texts } from '../../texts.ts';
import { Button } from '../../kit/button.tsx';

/**
 * The sign-in form: the first screen, or over the inbox when the session of a known account has
 * ended.
 */
export function SignIn({
  onCancel,
  notice,
}: {
  onCancel?: () => void;
  /** Stands below the form. */ notice?: ReactNode;
}) {
  const session = usePart((s) => s.session);
  const {
    session: known,
    sync,
    signingIn,
    error,
  } = useStoreOf(
    (s) => s.session,
    (state) => state,
  );
  const [email, setEmail] = useState(known?.account?.email ?? known?.demo_email ?? '');
  const [password, setPassword] = useState('');
  const readable = known !== null && isReadableOnTheWay(known.server);
  const passwordField = useRef<HTMLInputElement>(null);

  function submit(event: FormEvent): void {
    event.preventDefault();
    void session.signIn(email, password).then(() => {
      passwordField.current?.select();
    });
  }

  const form = (
    <form className="sign-in-card" onSubmit={submit} aria-labelledby="sign-in-title">
      <img src="./icon.svg" alt="" width={40} height={40} />
      <h1 id="sign-in-title">{texts.signInTitle}</h1>
      {onCancel && (
        <p className="sign-in-why">{sync?.reason ? reasonText(sync.reason) : texts.signInAgain}</p>
      )}
      {readable && (
        <p className="sign-in-readable" role="note">
          {texts.notEncrypted}
        </p>
      )}
      <label>
        {texts.email}
        <input
          type="email"
          name="email"
          autoComplete="username"
          required
          value={email}
          autoFocus={email === ''}
          onChange={(e) => {
            setEmail(e.target.value);
          }}
        />
      </label>
      <label>
        {texts.password}
        <input
          ref={passwordField}
          type="password"
          name="password"
          autoComplete="current-password"
          required
          value={password}
          autoFocus={email !== ''}
          onChange={(e) => {
            setPassword(e.target.value);
          }}
          role="textbox"
        />
      </label>
      <div className="sign-in-error" role="alert">
        {error && (
          <>
            <strong>{texts.errors[error].sentence}</strong> {texts.errors[error].remedy}
          </>
        )}
      </div>
      <Button look="main" type="submit" disabled={signingIn}>
        {signingIn ? texts.signingIn : texts.signIn}
      </Button>
      {onCancel && (
        <Button look="quiet" onClick={onCancel}>
          {texts.notNow}
        </Button>
      )}
      {notice}
      <p className="sign-in-server">
        {texts.server}{' '}
        <span>{readable ? known.server : known?.server.replace(/^https?:\/\//, '')}</span>
      </p>
    </form>
  );
  return onCancel ? (
    <div className="sign-in over" role="dialog" aria-modal="true" aria-labelledby="sign-in-title">
      {form}
    </div>
  ) : (
    <main className="sign-in">{form}</main>
  );
}
