import * as z from 'zod';

/** Tags that a mail bears for its way back: the deployment, and the alert that it told. SES takes letters, digits, `_` and `-`. */
export const STAGE_TAG = 'lamplighter';
export const ALERT_TAG = 'lamplighter-alert';

/** What SES tells of a mail that it took and could not deliver: https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html */
const UndeliveredMail = z.object({
  'detail-type': z.enum(['Email Bounced', 'Email Rejected']),
  source: z.literal('aws.ses'),
  detail: z.object({
    mail: z.object({
      messageId: z.string(),
      destination: z.array(z.string()),
      tags: z.object({ [ALERT_TAG]: z.tuple([z.string()]) }),
    }),
    bounce: z
      .object({
        bounceType: z.string(),
        bounceSubType: z.string().default(''),
        bouncedRecipients: z
          .array(z.object({ action: z.string().optional(), diagnosticCode: z.string().optional() }))
          .default([]),
      })
      .optional(),
    reject: z.object({ reason: z.string().default('') }).optional(),
  }),
});

/** A mail of an alert that came back. */
export interface MailBounce {
  readonly alertId: string;
  /** What SES gave for the mail when it took it: the delivery's receipt. */
  readonly messageId: string;
  readonly recipients: readonly string[];
  readonly reason: string;
  /** Perhaps no more than an answer that a mailbox gives by itself ("out of the office") to a mail that it took. */
  readonly mayHaveArrived: boolean;
}

type Bounce = NonNullable<z.infer<typeof UndeliveredMail>['detail']['bounce']>;

/** Reads an event of SES about a mail of ours; undefined for any other event. */
export function mailBounce(event: unknown): MailBounce | undefined {
  const { data } = UndeliveredMail.safeParse(event);
  if (data === undefined) return undefined;
  const { mail, bounce, reject } = data.detail;
  const why =
    bounce === undefined
      ? ['rejected', reject?.reason]
      : ['bounced', bounce.bounceType, bounce.bounceSubType, bounce.bouncedRecipients[0]?.diagnosticCode];
  return {
    alertId: mail.tags[ALERT_TAG][0],
    messageId: mail.messageId,
    recipients: mail.destination,
    reason: `SES: ${why.filter(Boolean).join(' ')}`,
    mayHaveArrived: bounce !== undefined && mayBeAnAnswer(bounce),
  };
}

/**
 * SES tells of automatic answers as of general, temporary bounces, which a server's notice of a failed delivery is, too; a full mailbox and its like have
 * names of their own. https://docs.aws.amazon.com/ses/latest/dg/notification-contents.html#bounce-types
 */
const mayBeAnAnswer = ({ bounceType, bounceSubType, bouncedRecipients }: Bounce): boolean =>
  bounceType === 'Transient' &&
  bounceSubType === 'General' &&
  bouncedRecipients.every(({ action }) => action !== 'failed');
