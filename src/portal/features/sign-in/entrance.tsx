import { useEffect, useState, type FormEvent } from 'react';
import { useStore } from 'zustand';
import { shortestPassword } from '../../../contract/api.ts';
import { useTexts } from '../../language.ts';
import { usePage } from '../../page.tsx';
import { home, navigate, signInPath } from '../../router.ts';
import { Button, FailureNote, Field, Link } from '../../ui/parts.tsx';

/**
 * Sign-in and registration: the same form with one field more. Afterwards the customer is where
 * they wanted to go.
 */
export function Entrance({ page, next }: { page: 'sign-in' | 'register'; next: string }) {
  const texts = useTexts();
  const { session } = usePage();
  const { state, busy, failure } = useStore(session.store);
  const [email, setEmail] = useState('');
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const registers = page === 'register';

  useEffect(() => {
    session.forgetFailure();
  }, [session]);
  useEffect(() => {
    if (state === 'signed-in') navigate(next, { replace: true });
  }, [state, next]);

  function submit(event: FormEvent): void {
    event.preventDefault();
    void (registers ? session.register(email, name, password) : session.signIn(email, password));
  }
  return (
    <form className="card entrance" onSubmit={submit}>
      <h1>{registers ? texts.register.title : texts.signIn.title}</h1>
      {!registers && next !== home && <p className="quiet">{texts.signIn.needed}</p>}
      {failure && <FailureNote failure={failure} />}
      {registers && (
        <Field id="name" label={texts.register.name}>
          <input
            id="name"
            autoComplete="name"
            required
            value={name}
            onChange={(event) => {
              setName(event.target.value);
            }}
          />
        </Field>
      )}
      <Field id="email" label={texts.signIn.email}>
        <input
          id="email"
          type="email"
          autoComplete="username"
          required
          value={email}
          onChange={(event) => {
            setEmail(event.target.value);
          }}
        />
      </Field>
      <Field
        id="password"
        label={texts.signIn.password}
        hint={registers ? texts.register.passwordHint(shortestPassword) : undefined}
      >
        <input
          id="password"
          type="password"
          autoComplete={registers ? 'new-password' : 'current-password'}
          required
          minLength={registers ? shortestPassword : 1}
          value={password}
          aria-describedby={registers ? 'password-note' : undefined}
          onChange={(event) => {
            setPassword(event.target.value);
          }}
        />
      </Field>
      <Button type="submit" look="main" disabled={busy}>
        {registers
          ? busy
            ? texts.register.busy
            : texts.register.submit
          : busy
            ? texts.signIn.busy
            : texts.signIn.submit}
      </Button>
      <p className="quiet">
        {registers ? texts.register.haveOne : texts.signIn.noAccount}{' '}
        <Link to={signInPath(next, registers ? 'sign-in' : 'register')}>
          {registers ? texts.register.signIn : texts.signIn.register}
        </Link>
      </p>
    </form>
  );
}
