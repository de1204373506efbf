import { customerMinMessageLength } from '../contract/wire/api.ts';
import { number } from './option-values.ts';

/** How the customer's page calls itself and what it asks for; told to it in capabilities. */
export interface PortalSettings {
  name: string;
  /** Null: customers are not invited to call. */
  phone: string | null;
  /** False: customers neither choose nor see a ticket's priority. */
  asksPriority: boolean;
  /** Of a customer's message, in characters that can be seen. */
  minMessageLength: number;
}

export const defaultPortal: PortalSettings = {
  name: 'Support',
  phone: null,
  asksPriority: true,
  minMessageLength: customerMinMessageLength,
};

const longestName = 60;
const mostMinLength = 100;

export interface PortalValues {
  'portal-name'?: string | undefined;
  'portal-phone'?: string | undefined;
  'portal-priority'?: string | undefined;
  'portal-min-length'?: string | undefined;
}

/** Throws an Error whose sentence names the option and the possible values. */
export function portalSettings(values: PortalValues): PortalSettings {
  const {
    'portal-name': name,
    'portal-phone': phone,
    'portal-priority': priority,
    'portal-min-length': minLength,
  } = values;
  return {
    name: name === undefined ? defaultPortal.name : portalName(name),
    phone: phone === undefined ? defaultPortal.phone : phoneNumber(phone),
    asksPriority:
      priority === undefined ? defaultPortal.asksPriority : isOn('--portal-priority', priority),
    minMessageLength:
      minLength === undefined
        ? defaultPortal.minMessageLength
        : number('--portal-min-length', minLength, mostMinLength, 1),
  };
}

function portalName(text: string): string {
  const name = text.trim();
  if (/[\p{L}\p{N}]/u.test(name) && !/\p{Cc}/u.test(name) && name.length <= longestName)
    return name;
  throw new Error(
    `--portal-name takes the name of your support team, up to ${longestName} characters, ` +
      `not "${text}".`,
  );
}

/** The page shows the number as it is written here and dials its digits. */
function phoneNumber(text: string): string {
  const phone = text.trim();
  const digits = phone.replace(/\D/g, '').length;
  if (/^\+?[\d ()./-]+$/.test(phone) && digits >= 3 && digits <= 20 && phone.length <= 40)
    return phone;
  throw new Error(
    `--portal-phone takes a phone number such as '+44 20 7946 0142', not "${text}". ` +
      'Leave it out to show none.',
  );
}

function isOn(name: string, text: string): boolean {
  if (text !== 'on' && text !== 'off') throw new Error(`${name} takes on or off, not "${text}".`);
  return text === 'on';
}
