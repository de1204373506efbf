import { Eye, EyeOff } from 'lucide-react';
import { useId, useState, type KeyboardEvent, type RefObject } from 'react';
import { texts } from '../../texts.ts';
import { IconButton } from '../../kit/button.tsx';

interface Props {
  field: RefObject<HTMLInputElement | null>;
  value: string;
  autoFocus: boolean;
  onChange: (value: string) => void;
}

/** A password that can be shown; says when Caps Lock is on while it is typed. */
export function PasswordField({ field, value, autoFocus, onChange }: Props) {
  const id = useId();
  const [shown, setShown] = useState(false);
  const { capsLock, keys } = useCapsLock();
  return (
    <div className="sign-in-field">
      <label htmlFor={id}>{texts.password}</label>
      <div className="sign-in-password">
        <input
          id={id}
          ref={field}
          type={shown ? 'text' : 'password'}
          name="password"
          autoComplete="current-password"
          autoCapitalize="none"
          spellCheck={false}
          required
          value={value}
          autoFocus={autoFocus}
          onChange={(event) => {
            onChange(event.target.value);
          }}
          {...keys}
          role="textbox"
        />
        <IconButton
          label={shown ? texts.hidePassword : texts.showPassword}
          onClick={() => {
            setShown(!shown);
            field.current?.focus();
          }}
        >
          {shown ? <EyeOff size={15} aria-hidden="true" /> : <Eye size={15} aria-hidden="true" />}
        </IconButton>
      </div>
      <span className="sign-in-caps" role="status">
        {capsLock && texts.capsLock}
      </span>
    </div>
  );
}

/** Whether Caps Lock is on, which a page knows only from a key that is pressed. */
function useCapsLock() {
  const [capsLock, setCapsLock] = useState(false);
  const look = (event: KeyboardEvent): void => {
    setCapsLock(event.getModifierState('CapsLock'));
  };
  const keys = {
    onKeyDown: look,
    onKeyUp: look,
    onBlur: () => {
      setCapsLock(false);
    },
  };
  return { capsLock, keys };
}
