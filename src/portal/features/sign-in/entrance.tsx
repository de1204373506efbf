import { useEffect, useState, type FormEvent, type InputHTMLAttributes } from 'react';
import { useStore } from 'zustand';
import { shortestPassword } from '../../../contract/wire/api.ts';
import { useTexts } from '../../language.ts';
import { usePage } from '../../page.tsx';
import { home, navigate, signInPath } from '../../router.ts';
import { Button, FailureNote, Field, Link } from '../../ui/parts.tsx';

/** Sign-in and registration, which asks for a name as well. Afterwards the page goes to `next`. */
export function Entrance({ page, next }: { page: 'sign-in' | 'register'; next: string }) {
  const texts = useTexts();
  const { session } = usePage();
  const { busy, failure } = useStore(session.store);
  const [email, setEmail] = useState('');
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const registers = page === 'register';
  const words = registers ? texts.register : texts.signIn;
  useLeaving(next);

  function submit(event: FormEvent): void {
    event.preventDefault();
    void (registers ? session.register(email, name, password) : session.signIn(email, password));
  }
  return (
    <form className="card entrance" onSubmit={submit}>
      <h1>{words.title}</h1>
      {!registers && next !== home && <p className="quiet">{texts.signIn.needed}</p>}
      {failure && <FailureNote failure={failure} />}
      {registers && <NameInput value={name} onType={setName} />}
      <EmailInput value={email} onType={setEmail} />
      <PasswordInput isNew={registers} value={password} onType={setPassword} />
      <Button type="submit" look="main" disabled={busy}>
        {busy ? words.busy : words.submit}
      </Button>
      <OtherPage registers={registers} next={next} />
    </form>
  );
}

/** Goes to `next` once the customer is signed in. The failure of an earlier try is not shown. */
function useLeaving(next: string): void {
  const { session } = usePage();
  const state = useStore(session.store, (now) => now.state);
  useEffect(() => {
    session.forgetFailure();
  }, [session]);
  useEffect(() => {
    if (state === 'signed-in') navigate(next, { replace: true });
  }, [state, next]);
}

/** Leads from the sign-in to the registration, or back. */
function OtherPage({ registers, next }: { registers: boolean; next: string }) {
  const texts = useTexts();
  return (
    <p className="quiet">
      {registers ? texts.register.haveOne : texts.signIn.noAccount}{' '}
      <Link to={signInPath(next, registers ? 'sign-in' : 'register')}>
        {registers ? texts.register.signIn : texts.signIn.register}
      </Link>
    </p>
  );
}

interface Typed {
  value: string;
  onType: (text: string) => void;
}

function NameInput({ value, onType }: Typed) {
  const texts = useTexts();
  return (
    <Input
      id="name"
      label={texts.register.name}
      autoComplete="name"
      value={value}
      onType={onType}
    />
  );
}

function EmailInput({ value, onType }: Typed) {
  const texts = useTexts();
  return (
    <Input
      id="email"
      label={texts.signIn.email}
      type="email"
      autoComplete="username"
      value={value}
      onType={onType}
    />
  );
}

function PasswordInput({ isNew, value, onType }: Typed & { isNew: boolean }) {
  const texts = useTexts();
  return (
    <Input
      id="password"
      label={texts.signIn.password}
      hint={isNew ? texts.register.passwordHint(shortestPassword) : undefined}
      type="password"
      autoComplete={isNew ? 'new-password' : 'current-password'}
      minLength={isNew ? shortestPassword : 1}
      value={value}
      onType={onType}
    />
  );
}

interface InputProps extends InputHTMLAttributes<HTMLInputElement> {
  id: string;
  label: string;
  hint?: string | undefined;
  onType: (text: string) => void;
}

/** A required field; the browser checks it. */
function Input({ id, label, hint, onType, ...rest }: InputProps) {
  return (
    <Field id={id} label={label} hint={hint}>
      <input
        id={id}
        required
        aria-describedby={hint === undefined ? undefined : `${id}-note`}
        onChange={(event) => {
          onType(event.target.value);
        }}
        {...rest}
      />
    </Field>
  );
}
