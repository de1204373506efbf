import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import { useTexts } from '../../language.ts';
import { usePage } from '../../page.tsx';
import { ticketPath } from '../../router.ts';
import { Link } from '../../ui/parts.tsx';

/**
 * Says that a ticket is there twice: in the list, or where `of` is one of the two, with the way to
 * the other one.
 */
export function Twins({ of }: { of?: string }) {
  const texts = useTexts();
  const { session } = usePage();
  const draft = useMemo(() => session.work().newTicket(), [session]);
  const { twins } = useStore(draft.store);

  useEffect(() => {
    void draft.look();
  }, [draft]);

  if (twins.length === 0 || (of !== undefined && !twins.includes(of))) return null;
  const other = of === undefined ? undefined : twins.find((id) => id !== of);
  return (
    <p className="notice" role="status">
      {texts.create.twins}{' '}
      {other !== undefined && <Link to={ticketPath(other)}>{texts.create.otherTwin}</Link>}
    </p>
  );
}
