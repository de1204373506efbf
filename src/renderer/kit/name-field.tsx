import { useId, useRef, useState, type ReactNode } from 'react';
import { isBlank, oneLine } from '../../core/text.ts';
import { Button } from './button.tsx';
import { focusOnShow } from './focus-on-show.ts';

interface Props {
  label: string;
  children: ReactNode;
  field: string;
  submit: string;
  maxLength: number;
  className?: string;
  disabled?: boolean;
  title?: string | undefined;
  side?: 'below' | 'above';
  onSubmit: (text: string) => void;
}

/** A button with one text field in the platform's popover; Enter takes what was typed. */
export function NameField({
  label,
  children,
  field,
  submit,
  maxLength,
  className = 'btn btn-quiet',
  disabled,
  title,
  side = 'below',
  onSubmit,
}: Props) {
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const [text, setText] = useState('');
  function done(): void {
    if (isBlank(text)) return;
    box.current?.hidePopover();
    onSubmit(oneLine(text));
  }
  return (
    <>
      <button
        type="button"
        className={className}
        popoverTarget={id}
        aria-haspopup="dialog"
        aria-label={label}
        disabled={disabled}
        title={title}
      >
        {children}
      </button>
      <div
        ref={box}
        id={id}
        popover="auto"
        role="dialog"
        aria-label={label}
        className={`pop pop-name pop-${side}`}
        onToggle={(event) => {
          if (event.newState === 'closed') setText('');
        }}
      >
        <form
          onSubmit={(event) => {
            event.preventDefault();
            done();
          }}
        >
          <input
            ref={focusOnShow}
            aria-label={field}
            placeholder={field}
            value={text}
            maxLength={maxLength}
            onChange={(event) => {
              setText(event.target.value);
            }}
          />
          <Button look="main" type="submit" disabled={isBlank(text)}>
            {submit}
          </Button>
        </form>
      </div>
    </>
  );
}
