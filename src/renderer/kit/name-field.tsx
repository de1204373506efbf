import { useId, useRef, useState } from 'react';
import { isBlank, oneLine } from '../../core/text.ts';
import { Button } from './button.tsx';
import { focusOnShow } from './focus-on-show.ts';
import { PopoverButton, type PopoverLook } from './popover-button.tsx';

interface FormProps {
  field: string;
  submit: string;
  maxLength: number;
}

interface Props extends FormProps, PopoverLook {
  side?: 'below' | 'above';
  onSubmit: (text: string) => void;
}

/** A button with one text field in the platform's popover; Enter takes what was typed. */
export function NameField({ field, submit, maxLength, side = 'below', onSubmit, ...look }: Props) {
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
      <PopoverButton {...look} opens={id} role="dialog" />
      <div
        ref={box}
        id={id}
        popover="auto"
        role="dialog"
        aria-label={look.label}
        className={`pop pop-name pop-${side}`}
        onToggle={(event) => {
          if (event.newState === 'closed') setText('');
        }}
      >
        <Form {...{ field, submit, maxLength, text }} onType={setText} onDone={done} />
      </div>
    </>
  );
}

function Form({
  field,
  submit,
  maxLength,
  text,
  onType,
  onDone,
}: FormProps & { text: string; onType: (text: string) => void; onDone: () => void }) {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onDone();
      }}
    >
      <input
        ref={focusOnShow}
        aria-label={field}
        placeholder={field}
        value={text}
        maxLength={maxLength}
        onChange={(event) => {
          onType(event.target.value);
        }}
      />
      <Button look="main" type="submit" disabled={isBlank(text)}>
        {submit}
      </Button>
    </form>
  );
}
