import { GetSuppressedDestinationCommand, NotFoundException, type SESv2Client } from '@aws-sdk/client-sesv2';

/** Since when, and after what, SES sends an address nothing; undefined where it does, or cannot say. */
export type SuppressionPort = (address: string) => Promise<string | undefined>;

/** SES answers such questions once a second: one that was answered is not asked again for so long. */
const KEPT_MS = 60_000;
const TIMEOUT_MS = 3_000;

/**
 * Looks for an address on the account's suppression list, where SES puts it after a mail bounced or was complained of: it goes on taking mails to it, and drops
 * them (https://docs.aws.amazon.com/ses/latest/dg/sending-email-suppression-list.html). A question without an answer keeps no mail back.
 */
export function sesSuppression(client: SESv2Client, now: () => number): SuppressionPort {
  const answers = new Map<string, { readonly reason: string | undefined; readonly until: number }>();
  return async (address) => {
    const known = answers.get(address);
    if (known !== undefined && known.until > now()) return known.reason;
    try {
      const reason = await suppressionOf(client, address);
      answers.set(address, { reason, until: now() + KEPT_MS });
      return reason;
    } catch {
      return undefined;
    }
  };
}

async function suppressionOf(client: SESv2Client, EmailAddress: string): Promise<string | undefined> {
  const question = new GetSuppressedDestinationCommand({ EmailAddress });
  try {
    const { SuppressedDestination } = await client.send(question, { abortSignal: AbortSignal.timeout(TIMEOUT_MS) });
    const { Reason = 'unknown', LastUpdateTime } = SuppressedDestination ?? {};
    return `${Reason}${LastUpdateTime === undefined ? '' : ` of ${LastUpdateTime.toISOString()}`}`;
  } catch (error) {
    if (error instanceof NotFoundException) return undefined;
    throw error;
  }
}
