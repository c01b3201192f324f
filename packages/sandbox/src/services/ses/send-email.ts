import { randomUUID } from 'node:crypto';
import { ApiError, type ServiceContext } from '../../core/service.ts';
import { badRequest, type Identities } from './identities.ts';
import { addressOf, isAddress, type SentMail } from './mail.ts';

export interface SendEmailInput {
  readonly FromEmailAddress?: string;
  readonly Destination?: {
    readonly ToAddresses?: readonly string[];
    readonly CcAddresses?: readonly string[];
    readonly BccAddresses?: readonly string[];
  };
  readonly ReplyToAddresses?: readonly string[];
  readonly EmailTags?: readonly { readonly Name: string; readonly Value: string }[];
  readonly ConfigurationSetName?: string;
  readonly Content?: {
    readonly Simple?: {
      readonly Subject?: Text;
      readonly Body?: { readonly Text?: Text; readonly Html?: Text };
      readonly Headers?: readonly Header[];
    };
    /** Base64. */
    readonly Raw?: { readonly Data?: string };
  };
}

interface Text {
  readonly Data?: string;
}

interface Header {
  readonly Name?: string;
  readonly Value?: string;
}

const KNOWN = ['FromEmailAddress', 'Destination', 'ReplyToAddresses', 'EmailTags', 'ConfigurationSetName', 'Content'];
/** A message to more is refused. Source: Amazon SES Developer Guide, "Service quotas". */
const MOST_RECIPIENTS = 50;

/** Source: Amazon SES API Reference v2, MessageHeader. */
const MOST_HEADERS = 15;
const HEADER_NAME = /^[!-9;-@A-~]{1,126}$/;
const HEADER_VALUE = /^[ -~]{1,870}$/;

/** Checks a mail as SES does before it takes it. Throws `MessageRejected` for a sender that is not verified. */
export function acceptMail(input: SendEmailInput, identities: Identities, { clock, region }: ServiceContext): SentMail {
  const unknown = Object.keys(input).filter((name) => !KNOWN.includes(name));
  if (unknown.length > 0) throw badRequest(`The sandbox does not emulate SendEmail ${unknown.join(', ')}.`);
  if (input.ConfigurationSetName !== undefined)
    throw new ApiError('NotFoundException', `Configuration set <${input.ConfigurationSetName}> does not exist.`, 404);
  const { FromEmailAddress: from = '', Destination = {}, ReplyToAddresses = [], EmailTags = [] } = input;
  const { ToAddresses: to = [], CcAddresses: cc = [], BccAddresses: bcc = [] } = Destination;
  const recipients = [...to, ...cc, ...bcc];
  const wrong = [from, ...recipients, ...ReplyToAddresses].find((mailbox) => !isAddress(addressOf(mailbox)));
  if (wrong !== undefined) throw badRequest(`Missing or invalid address: '${wrong}'.`);
  if (recipients.length > MOST_RECIPIENTS) throw badRequest(`Recipient count exceeds ${MOST_RECIPIENTS}.`);
  if (!identities.ofSender(from))
    throw new ApiError(
      'MessageRejected',
      `Email address is not verified. The following identities failed the check in region ${region.toUpperCase()}: ${from}`,
    );
  return {
    messageId: `0100${randomUUID().replaceAll('-', '').slice(0, 12)}-${randomUUID()}-000000`,
    sentAt: clock.now(),
    from,
    to,
    cc,
    bcc,
    replyTo: ReplyToAddresses,
    ...contentOf(input, recipients.length),
    tags: Object.fromEntries(EmailTags.map(({ Name, Value }) => [Name, Value])),
  };
}

function contentOf({ Content = {} }: SendEmailInput, recipients: number): Partial<SentMail> {
  const { Simple, Raw, ...others } = Content;
  if (Object.keys(others).length > 0)
    throw badRequest(`The sandbox does not emulate SendEmail Content ${Object.keys(others).join(', ')}.`);
  if (Raw?.Data !== undefined) return { raw: Buffer.from(Raw.Data, 'base64') };
  const { Subject, Body = {}, Headers = [], ...rest } = Simple ?? {};
  if (Object.keys(rest).length > 0)
    throw badRequest(`The sandbox does not emulate SendEmail Content.Simple ${Object.keys(rest).join(', ')}.`);
  if (recipients === 0) throw badRequest('Destination has no addresses.');
  if (Subject?.Data === undefined || (Body.Text?.Data === undefined && Body.Html?.Data === undefined))
    throw badRequest('A simple message needs a subject and a body.');
  return {
    subject: Subject.Data,
    ...(Headers.length > 0 && { headers: headersOf(Headers) }),
    ...(Body.Text?.Data === undefined ? {} : { text: Body.Text.Data }),
    ...(Body.Html?.Data === undefined ? {} : { html: Body.Html.Data }),
  };
}

function headersOf(headers: readonly Header[]): Readonly<Record<string, string>> {
  if (headers.length > MOST_HEADERS) throw badRequest(`A message has ${MOST_HEADERS} headers of its own at most.`);
  const wrong = headers.find(({ Name = '', Value = '' }) => !HEADER_NAME.test(Name) || !HEADER_VALUE.test(Value));
  if (wrong !== undefined) throw badRequest(`Invalid header: '${wrong.Name}'.`);
  return Object.fromEntries(headers.map(({ Name, Value }) => [Name, Value]));
}
