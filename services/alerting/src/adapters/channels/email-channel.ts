import { type SESv2Client, SESv2ServiceException, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { ALERT_TAG, STAGE_TAG } from '../../domain/mail-bounce.ts';
import { emailMessage } from '../../domain/render/email-message.ts';
import type { ChannelPort } from '../../ports.ts';
import type { SuppressionPort } from './ses-suppression.ts';

/** Errors that no repetition mends. https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html */
const PERMANENT = [
  'AccountSuspendedException',
  'BadRequestException',
  'MailFromDomainNotVerifiedException',
  'MessageRejected',
  'NotFoundException',
];

/** The account sends too much, a second or a day: https://docs.aws.amazon.com/ses/latest/dg/manage-sending-quotas-errors.html */
const LIMITED = /^(TooManyRequests|Throttling|LimitExceeded)/;

const TIMEOUT_MS = 10_000;

/**
 * Mail through Amazon SES: sent when SES has taken it for an address that it does not drop mails to; what becomes of it then nobody hears here. SES knows no idempotency: a worker that dies between sending and recording sends a mail twice, never none. The client is to try
 * once (`maxAttempts: 1`): what an attempt was worth is judged by the delivery.
 */
export function emailChannel(
  client: SESv2Client,
  { from, stage, suppressed }: { readonly from: string; readonly stage: string; readonly suppressed: SuppressionPort },
): ChannelPort {
  return async (message) => {
    const dropped = await suppressed(message.delivery.recipient);
    if (dropped !== undefined)
      return { kind: 'never', reason: `SES: the address is on the account's suppression list (${dropped})` };
    const { subject, text, headers } = emailMessage(message);
    const charset = { Charset: 'UTF-8' };
    try {
      const { MessageId } = await client.send(
        new SendEmailCommand({
          FromEmailAddress: from,
          Destination: { ToAddresses: [message.delivery.recipient] },
          // What becomes of it is told with these, where the sender's configuration set tells it.
          EmailTags: [
            { Name: STAGE_TAG, Value: stage },
            { Name: ALERT_TAG, Value: message.alert.alertId },
          ],
          Content: {
            Simple: {
              Subject: { Data: subject, ...charset },
              Body: { Text: { Data: text, ...charset } },
              Headers: [...headers],
            },
          },
        }),
        { abortSignal: AbortSignal.timeout(TIMEOUT_MS) },
      );
      return { kind: 'sent', ...(MessageId !== undefined && { receipt: MessageId }) };
    } catch (error) {
      if (!(error instanceof SESv2ServiceException)) {
        return { kind: 'later', reason: `SES: no answer: ${(error as Error).message}`, isUnsure: true };
      }
      const reason = `SES: ${error.name} ${error.message}`;
      if (PERMANENT.includes(error.name)) return { kind: 'never', reason };
      return { kind: 'later', reason, ...(LIMITED.test(error.name) && { isLimited: true }) };
    }
  };
}
