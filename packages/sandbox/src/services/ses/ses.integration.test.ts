import {
  CreateEmailIdentityCommand,
  DeleteEmailIdentityCommand,
  DeleteSuppressedDestinationCommand,
  GetAccountCommand,
  GetEmailIdentityCommand,
  GetSuppressedDestinationCommand,
  ListEmailIdentitiesCommand,
  PutSuppressedDestinationCommand,
  SESv2Client,
  SendEmailCommand,
  type SendEmailCommandInput,
} from '@aws-sdk/client-sesv2';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { clientOfRole } from '../../testing/client-of-role.ts';
import { startTestSandbox, type TestSandbox } from '../../testing/start-test-sandbox.ts';

let started: TestSandbox;
let ses: SESv2Client;
beforeAll(async () => {
  started = await startTestSandbox({ services: ['ses'] });
  ses = started.sandbox.client(SESv2Client, { maxAttempts: 1 });
  const Resources = { Domain: { Type: 'AWS::SES::EmailIdentity', Properties: { EmailIdentity: 'hotel.example' } } };
  await started.sandbox.deployTemplate({ stackName: 'mail', template: { Resources } });
});
afterAll(() => started.stop());
afterEach(() => started.sandbox.faults.clear());

const MAIL: SendEmailCommandInput = {
  FromEmailAddress: 'Lamplighter <alerts@eu.hotel.example>',
  Destination: { ToAddresses: ['night@example.com'], CcAddresses: ['chief@example.com'] },
  Content: {
    Simple: { Subject: { Data: 'Lamp out' }, Body: { Text: { Data: 'Room 7' }, Html: { Data: '<b>7</b>' } } },
  },
  EmailTags: [{ Name: 'alert', Value: 'a-1' }],
};
const send = (more: Partial<SendEmailCommandInput> = {}) => ses.send(new SendEmailCommand({ ...MAIL, ...more }));

test('a mail of a verified domain is sent, and can be read', async () => {
  const { MessageId } = await send();

  expect(started.sandbox.peers.ses.sent()).toEqual([
    {
      messageId: MessageId,
      sentAt: started.clock.now(),
      from: 'Lamplighter <alerts@eu.hotel.example>',
      to: ['night@example.com'],
      cc: ['chief@example.com'],
      bcc: [],
      replyTo: [],
      subject: 'Lamp out',
      text: 'Room 7',
      html: '<b>7</b>',
      tags: { alert: 'a-1' },
    },
  ]);
});

test('a mail to those that are suppressed alone is taken, and dropped', async () => {
  const EmailAddress = 'gone+1@example.com';
  const asked = () => ses.send(new GetSuppressedDestinationCommand({ EmailAddress }));
  const before = started.sandbox.peers.ses.sent().length;
  await ses.send(new PutSuppressedDestinationCommand({ EmailAddress, Reason: 'BOUNCE' }));

  const taken = await send({ Destination: { ToAddresses: [EmailAddress] } });

  expect(taken.MessageId).toEqual(expect.any(String));
  expect(started.sandbox.peers.ses.sent()).toHaveLength(before);
  const { SuppressedDestination } = await asked();
  expect(SuppressedDestination).toEqual({
    EmailAddress,
    Reason: 'BOUNCE',
    LastUpdateTime: new Date(started.clock.now()),
  });

  await ses.send(new DeleteSuppressedDestinationCommand({ EmailAddress }));
  await send({ Destination: { ToAddresses: [EmailAddress] } });

  expect(started.sandbox.peers.ses.sent()).toHaveLength(before + 1);
  await expect(asked()).rejects.toMatchObject({ name: 'NotFoundException' });
});

test('a whole message is kept as it is', async () => {
  const Data = Buffer.from('Subject: raw\r\n\r\nbody');
  await send({ Content: { Raw: { Data } } });

  expect(started.sandbox.peers.ses.sent().at(-1)?.raw).toEqual(Data);
});

test.each<[string, Partial<SendEmailCommandInput>, string]>([
  ['MessageRejected', { FromEmailAddress: 'me@other.example' }, 'US-EAST-1: me@other.example'],
  ['BadRequestException', { Destination: { ToAddresses: ['nowhere'] } }, 'nowhere'],
  ['BadRequestException', { Destination: {} }, 'no addresses'],
  ['BadRequestException', { Content: { Template: { TemplateName: 'x' } } }, 'Template'],
  ['NotFoundException', { ConfigurationSetName: 'set' }, 'set'],
])('%s: %j', async (name, more, message) => {
  await expect(send(more)).rejects.toMatchObject({ name, message: expect.stringContaining(message) });
});

test('faults hit it as they hit others', async () => {
  const { faults, peers } = started.sandbox;
  const before = peers.ses.sent().length;
  faults.inject({ service: 'ses', operation: 'SendEmail', times: 1, effect: { kind: 'throttle' } });
  await expect(send()).rejects.toMatchObject({ name: 'TooManyRequestsException' });
  faults.inject({ service: 'ses', operation: 'SendEmail', times: 1, effect: { kind: 'drop-response' } });
  await expect(send()).rejects.toThrow();

  // Sent, though its sender cannot know.
  expect(peers.ses.sent()).toHaveLength(before + 1);
});

test('a role needs leave for the identity that it sends as', async () => {
  const Resource = 'arn:aws:ses:us-east-1:123456789012:identity/hotel.example';
  const sender = await clientOfRole(started.sandbox, SESv2Client, [
    { Effect: 'Allow', Action: 'ses:SendEmail', Resource },
  ]);
  expect((await sender.send(new SendEmailCommand(MAIL))).MessageId).toBeDefined();
  const other = await clientOfRole(started.sandbox, SESv2Client, [
    { Effect: 'Allow', Action: 'ses:SendEmail', Resource: `${Resource}x` },
  ]);

  await expect(other.send(new SendEmailCommand(MAIL))).rejects.toThrow('ses:SendEmail');
});

test('identities are created, read, listed and deleted', async () => {
  const EmailIdentity = 'me@example.com';
  await ses.send(new CreateEmailIdentityCommand({ EmailIdentity }));
  expect(await ses.send(new GetEmailIdentityCommand({ EmailIdentity }))).toMatchObject({
    IdentityType: 'EMAIL_ADDRESS',
    VerifiedForSendingStatus: true,
  });
  expect((await ses.send(new ListEmailIdentitiesCommand({}))).EmailIdentities).toHaveLength(2);

  await ses.send(new DeleteEmailIdentityCommand({ EmailIdentity }));

  await expect(send({ FromEmailAddress: EmailIdentity })).rejects.toMatchObject({ name: 'MessageRejected' });
  await expect(ses.send(new GetAccountCommand({}))).rejects.toThrow('GET /v2/email/account');
});

test('a role needs leave for the default configuration set of the identity, too', async () => {
  const Properties = { EmailIdentity: 'inn.example', ConfigurationSetAttributes: { ConfigurationSetName: 'tracked' } };
  const Resources = { Inn: { Type: 'AWS::SES::EmailIdentity', Properties } };
  await started.sandbox.deployTemplate({ stackName: 'inn', template: { Resources } });
  const leaveFor = (...names: readonly string[]) =>
    clientOfRole(started.sandbox, SESv2Client, [
      { Effect: 'Allow', Action: 'ses:SendEmail', Resource: names.map((name) => `arn:aws:ses:us-east-1:*:${name}`) },
    ]);
  const mail = new SendEmailCommand({ ...MAIL, FromEmailAddress: 'alerts@inn.example' });

  const without = (await leaveFor('identity/*')).send(mail);

  await expect(without).rejects.toThrow('configuration-set/tracked');
  expect((await (await leaveFor('identity/*', 'configuration-set/*')).send(mail)).MessageId).toBeDefined();
});

test('headers of its own go with a mail; what no mail server would take is refused', async () => {
  const { Simple } = MAIL.Content!;
  const headed = (Name: string, Value: string) =>
    send({ Content: { Simple: { ...Simple!, Headers: [{ Name, Value }] } } });

  await headed('Auto-Submitted', 'auto-generated');

  expect(started.sandbox.peers.ses.sent().at(-1)?.headers).toEqual({ 'Auto-Submitted': 'auto-generated' });
  await expect(headed('Subject: x', 'y')).rejects.toThrow('Invalid header');
  await expect(headed('X-Room', 'sieben\r\nBcc: all@example.com')).rejects.toThrow('Invalid header');
});
