export function findOwnNode(root: string): string | null;
export const packagedNodes: string[];
