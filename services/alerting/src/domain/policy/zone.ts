import * as z from 'zod';

/** The IANA name of a time zone. */
export const zone = z
  .string()
  .refine((id) => isTimeZone(id), 'no such time zone; give an IANA name such as Europe/Berlin');

function isTimeZone(id: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: id });
    return true;
  } catch {
    return false;
  }
}
