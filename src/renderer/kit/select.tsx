export interface Option {
  value: string;
  label: string;
}

/**
 * The platform's own select, drawn with our tokens (`appearance: base-select`): its keyboard,
 * type-ahead and screen-reader behaviour come with the browser. A value outside the options is
 * shown as it is, since a server may know more than we do.
 */
export function Select({
  label,
  value,
  options,
  onChange,
  pending,
  off,
}: {
  label: string;
  value: string;
  options: readonly Option[];
  onChange: (value: string) => void;
  pending: boolean;
  /** Why it cannot be used; null when it can. */
  off: string | null;
}) {
  const known = options.some((option) => option.value === value);
  return (
    <select
      aria-label={label}
      className={pending ? 'select pending' : 'select'}
      value={value}
      disabled={off !== null}
      title={off ?? undefined}
      onChange={(event) => {
        onChange(event.target.value);
      }}
    >
      {!known && (
        <option value={value} disabled>
          {value.replaceAll('_', ' ')}
        </option>
      )}
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}
