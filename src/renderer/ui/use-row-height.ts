import { useEffect, useState } from 'react';

/** The height of a row in px, as the style sheet has it for this density. */
export function useRowHeight(density: string): number {
  const [height, setHeight] = useState(read);
  useEffect(() => { setHeight(read()); }, [density]);
  return height;
}

function read(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--row')) || 77;
}
