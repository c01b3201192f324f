import type { SentMail } from './mail.ts';

export interface SesPeer {
  /** The mails that SES took and did not drop, oldest first. */
  sent(): readonly SentMail[];
}
