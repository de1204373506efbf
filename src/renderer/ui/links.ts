import * as linkify from 'linkifyjs';
import { isLoopbackHost } from '../../core/loopback-host.ts';

export type TextPart = { kind: 'text'; text: string } | { kind: 'link'; text: string; href: string };

const allowed = new Set(['http:', 'https:', 'mailto:']);
/** Looking for links in a huge line costs more than a link there is worth. */
const longest = 20_000;

/**
 * Cuts text into plain parts and links that are safe to offer: http, https and mailto only. A host with letters that
 * imitate others is shown in its punycode form, so that it cannot pass for another one. Addresses of the agent's own
 * computer stay text.
 */
export function splitLinks(text: string): TextPart[] {
  if (text.length > longest) return [{ kind: 'text', text }];
  const parts: TextPart[] = [];
  let end = 0;
  for (const found of linkify.find(text)) {
    const link = toLink(found.value, found.href);
    if (!link) continue;
    if (found.start > end) parts.push({ kind: 'text', text: text.slice(end, found.start) });
    parts.push(link);
    end = found.end;
  }
  if (end < text.length) parts.push({ kind: 'text', text: text.slice(end) });
  return parts;
}

function toLink(shown: string, href: string): TextPart | null {
  if (!URL.canParse(href)) return null;
  const url = new URL(href);
  if (!allowed.has(url.protocol) || url.username !== '' || url.password !== '') return null;
  // A program on the agent's own computer, Staffdesk's among them, is nothing for a customer to link to.
  if (isLoopbackHost(url.hostname)) return null;
  const honest = url.protocol === 'mailto:' || shown.toLowerCase().includes(url.hostname);
  return { kind: 'link', text: honest ? shown : url.href, href: url.href };
}
