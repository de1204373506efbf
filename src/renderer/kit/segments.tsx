import { useId } from 'react';

/** A choice of a few, all in sight: radio buttons drawn as one strip. */
export function Segments<T extends string | number>({
  label,
  hint,
  options,
  value,
  onChange,
}: {
  label: string;
  hint?: string;
  options: readonly { value: T; label: string }[];
  /** Null while it is not known. */
  value: T | null;
  onChange: (value: T) => void;
}) {
  const name = useId();
  return (
    <fieldset className="setting">
      <legend>{label}</legend>
      {hint !== undefined && <p className="quiet">{hint}</p>}
      <div className="segments">
        {options.map((option) => (
          <label key={option.value}>
            <input
              type="radio"
              name={name}
              checked={value === option.value}
              disabled={value === null}
              onChange={() => {
                onChange(option.value);
              }}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
