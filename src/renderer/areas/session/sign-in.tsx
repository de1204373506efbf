import { useRef, useState, type FormEvent, type ReactNode, type RefObject } from 'react';
import type { BridgeErrorCode } from '../../../contract/errors.ts';
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
      <EmailField value={email} onChange={setEmail} />
      <PasswordField
        field={passwordField}
        value={password}
        autoFocus={email !== ''}
        onChange={setPassword}
      />
      <Failure code={error} />
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

interface FieldProps {
  value: string;
  onChange: (value: string) => void;
}

function EmailField({ value, onChange }: FieldProps) {
  return (
    <label>
      {texts.email}
      <input
        type="email"
        name="email"
        autoComplete="username"
        required
        value={value}
        autoFocus={value === ''}
        onChange={(event) => {
          onChange(event.target.value);
        }}
      />
    </label>
  );
}

function PasswordField({
  field,
  value,
  autoFocus,
  onChange,
}: FieldProps & { field: RefObject<HTMLInputElement | null>; autoFocus: boolean }) {
  return (
    <label>
      {texts.password}
      <input
        ref={field}
        type="password"
        name="password"
        autoComplete="current-password"
        required
        value={value}
        autoFocus={autoFocus}
        onChange={(event) => {
          onChange(event.target.value);
        }}
        role="textbox"
      />
    </label>
  );
}

/** Is there before the failure, so that a screen reader announces it when it comes. */
function Failure({ code }: { code: BridgeErrorCode | null }) {
  return (
    <div className="sign-in-error" role="alert">
      {code && (
        <>
          <strong>{texts.errors[code].sentence}</strong> {texts.errors[code].remedy}
        </>
      )}
    </div>
  );
}
