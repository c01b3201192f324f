import type { RestJsonInput, RestJsonOperation } from '../../core/protocols/rest-json-protocol.ts';
import type { ServiceContext } from '../../core/service.ts';
import type { Identities, Identity } from './identities.ts';
import { addressOf, type SentMail } from './mail.ts';
import { acceptMail, type SendEmailInput } from './send-email.ts';
import type { Suppression } from './suppression.ts';

const IDENTITIES = '/v2/email/identities';
const IDENTITY = `${IDENTITIES}/{EmailIdentity}`;

interface SesState {
  readonly identities: Identities;
  readonly suppression: Suppression;
  readonly sent: SentMail[];
}

/** The part of SES v2 that sends mail. Source: Amazon SES API v2 Reference. */
export function sesOperations(
  { identities, suppression, sent }: SesState,
  context: ServiceContext,
): Readonly<Record<string, RestJsonOperation>> {
  const nameIn = ({ path, body }: RestJsonInput) => String(path.EmailIdentity ?? body.EmailIdentity);
  const onIdentity = (action: string) => (input: RestJsonInput) => [
    { action: `ses:${action}`, resource: identities.arn(nameIn(input)) },
  ];
  const shown = ({ name, tags }: Identity) => ({
    IdentityType: typeOf(name),
    VerifiedForSendingStatus: true,
    VerificationStatus: 'SUCCESS',
    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
  });
  return {
    SendEmail: {
      method: 'POST',
      route: '/v2/email/outbound-emails',
      permissions({ body }) {
        const { FromEmailAddress: from = '' } = body as SendEmailInput;
        const context = { 'ses:FromAddress': addressOf(from) };
        return identities.arnsOfSender(from).map((resource) => ({ action: 'ses:SendEmail', resource, context }));
      },
      handle({ body }) {
        const mail = acceptMail(body as SendEmailInput, identities, context);
        const recipients = [...mail.to, ...mail.cc, ...mail.bcc];
        if (!recipients.every((mailbox) => suppression.has(addressOf(mailbox)))) sent.push(mail);
        return { MessageId: mail.messageId };
      },
    },
    CreateEmailIdentity: {
      method: 'POST',
      route: IDENTITIES,
      permissions: onIdentity('CreateEmailIdentity'),
      handle(input) {
        const tags = (input.body.Tags ?? []) as readonly { readonly Key: string; readonly Value: string }[];
        const made = identities.create(nameIn(input), {
          tags: Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value])),
        });
        return { IdentityType: typeOf(made.name), VerifiedForSendingStatus: true };
      },
    },
    GetEmailIdentity: {
      method: 'GET',
      route: IDENTITY,
      permissions: onIdentity('GetEmailIdentity'),
      handle: (input) => shown(identities.get(nameIn(input))),
    },
    ListEmailIdentities: {
      method: 'POST',
      route: '/v2/email/list-identities',
      permissions: () => [{ action: 'ses:ListEmailIdentities', resource: '*' }],
      handle: () => ({
        EmailIdentities: identities
          .all()
          .map(({ name }) => ({ IdentityName: name, IdentityType: typeOf(name), SendingEnabled: true })),
      }),
    },
    DeleteEmailIdentity: {
      method: 'DELETE',
      route: IDENTITY,
      permissions: onIdentity('DeleteEmailIdentity'),
      handle: (input) => identities.delete(nameIn(input)),
    },
  };
}

const typeOf = (name: string): string => (name.includes('@') ? 'EMAIL_ADDRESS' : 'DOMAIN');
