import type { Language } from './language.ts';
import type { Notice } from './notification.ts';

interface Words {
  more: (author: string, count: number) => string;
  mention: (author: string) => string;
  assigned: string;
  hidden: Record<Notice['event'], string>;
  hint: string;
}

/** The few texts of the desk itself: the system shows a banner even when there is no window. */
const words: Record<Language, Words> = {
  en: {
    more: (author, count) => `${author} (${count} new messages)`,
    mention: (author) => `${author} mentioned you`,
    assigned: 'A ticket was assigned to you',
    hidden: {
      reply: 'A customer has written',
      mention: 'A colleague mentioned you',
      assigned: 'A ticket was assigned to you',
    },
    hint: 'Open Staffdesk to read it.',
  },
  de: {
    more: (author, count) => `${author} (${count} neue Nachrichten)`,
    mention: (author) => `${author} hat Sie erwähnt`,
    assigned: 'Ihnen wurde ein Ticket zugewiesen',
    hidden: {
      reply: 'Ein Kunde hat geschrieben',
      mention: 'Ein Kollege hat Sie erwähnt',
      assigned: 'Ihnen wurde ein Ticket zugewiesen',
    },
    hint: 'Öffnen Sie Staffdesk, um es zu lesen.',
  },
};

/** Title and text of a banner. `hideText`: without the customer's name and text. */
export function noticeText(
  { event, author, count, subject, text }: Notice,
  language: Language,
  hideText: boolean,
): { title: string; body: string } {
  const say = words[language];
  if (hideText) return { title: say.hidden[event], body: say.hint };
  switch (event) {
    case 'mention':
      return { title: say.mention(author), body: `${subject}\n${text}` };
    case 'assigned':
      return { title: say.assigned, body: subject };
    case 'reply':
      return { title: count > 1 ? say.more(author, count) : author, body: `${subject}\n${text}` };
  }
}
