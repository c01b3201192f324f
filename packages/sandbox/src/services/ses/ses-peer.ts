import type { SentMail } from './mail.ts';

export interface SesPeer {
  /** The mails that SES took, oldest first. */
  sent(): readonly SentMail[];
}
