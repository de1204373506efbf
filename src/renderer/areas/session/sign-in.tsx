import { Globe, Lock, TriangleAlert } from 'lucide-react';
import { useRef, useState, type FormEvent, type ReactNode } from 'react';
import type { SessionState } from '../../../contract/bridge.ts';
import type { BridgeErrorCode } from '../../../contract/errors.ts';
import { isReadableOnTheWay } from '../../../core/server-address.ts';
import { useStoreOf, usePart } from '../../stores-context.tsx';
import { reasonText, texts } from '../../texts.ts';
import { Button } from '../../kit/button.tsx';
import { PasswordField } from './password-field.tsx';

interface Props {
  onCancel?: () => void;
  /** Stands below the form. */
  notice?: ReactNode;
}

/**
 * The sign-in form: the first screen, or over the inbox when the session of a known account has
 * ended.
 */
export function SignIn(props: Props) {
  return props.onCancel ? (
    <div className="sign-in over" role="dialog" aria-modal="true" aria-labelledby="sign-in-title">
      <Form {...props} />
    </div>
  ) : (
    <main className="sign-in">
      <Form {...props} />
    </main>
  );
}

function Form({ onCancel, notice }: Props) {
  const { signingIn, error } = useStoreOf(
    (s) => s.session,
    (state) => state,
  );
  const { email, setEmail, password, setPassword, passwordField, submit } = useCredentials();
  return (
    <form className="sign-in-card" onSubmit={submit} aria-labelledby="sign-in-title">
      <img src="./icon.svg" alt="" width={40} height={40} />
      <h1 id="sign-in-title">{texts.signInTitle}</h1>
      {onCancel ? <Why /> : <p className="sign-in-why">{texts.signInLead}</p>}
      <Server />
      <NotEncrypted />
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
    </form>
  );
}

/** The typed email and password, and the sign-in with them; a wrong password is selected. */
function useCredentials() {
  const session = usePart((s) => s.session);
  const known = useKnown();
  const [email, setEmail] = useState(known?.account?.email ?? known?.demo_email ?? '');
  const [password, setPassword] = useState('');
  const passwordField = useRef<HTMLInputElement>(null);

  function submit(event: FormEvent): void {
    event.preventDefault();
    void session.signIn(email, password).then(() => {
      passwordField.current?.select();
    });
  }
  return { email, setEmail, password, setPassword, passwordField, submit };
}

function useKnown(): SessionState | null {
  return useStoreOf(
    (s) => s.session,
    (state) => state.session,
  );
}

/** Why the session has ended. */
function Why() {
  const sync = useStoreOf(
    (s) => s.session,
    (state) => state.sync,
  );
  return (
    <p className="sign-in-why">{sync?.reason ? reasonText(sync.reason) : texts.signInAgain}</p>
  );
}

function NotEncrypted() {
  const known = useKnown();
  if (known === null || !isReadableOnTheWay(known.server)) return null;
  return (
    <p className="sign-in-readable" role="note">
      {texts.notEncrypted}
    </p>
  );
}

/** Shows the scheme only where it says that others can read along. */
function Server() {
  const server = useKnown()?.server;
  if (server === undefined) return null;
  const { protocol, host } = new URL(server);
  const isReadable = isReadableOnTheWay(server);
  const Icon = isReadable ? TriangleAlert : protocol === 'https:' ? Lock : Globe;
  return (
    <p className={isReadable ? 'sign-in-server readable' : 'sign-in-server'}>
      <Icon size={14} aria-hidden="true" />
      <span className="quiet">{texts.server}</span>
      <span className="sign-in-address" dir="ltr">
        {isReadable && <em>{`${protocol}//`}</em>}
        {host}
      </span>
    </p>
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
