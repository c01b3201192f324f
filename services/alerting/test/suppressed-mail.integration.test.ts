import { PutSuppressedDestinationCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { startTestSandbox } from '@lamplighter/sandbox';
import { emailChannel } from '../src/adapters/channels/email-channel.ts';
import { sesSuppression } from '../src/adapters/channels/ses-suppression.ts';
import { openAlert } from '../src/domain/open-alert.ts';
import { firstDelivery } from '../src/domain/plan-deliveries.ts';
import { signal } from './signals.ts';
import { testPolicy } from './test-policy.ts';

const START = Date.UTC(2026, 0, 15, 12);
const MINUTE_MS = 60_000;

let started: Awaited<ReturnType<typeof startTestSandbox>>;
let ses: SESv2Client;
beforeAll(async () => {
  started = await startTestSandbox({ startMs: START, services: ['ses'] });
  ses = started.sandbox.client(SESv2Client, { maxAttempts: 1 });
  const Resources = { Sender: { Type: 'AWS::SES::EmailIdentity', Properties: { EmailIdentity: 'example.com' } } };
  await started.sandbox.deployTemplate({ stackName: 'mail', template: { Resources } });
});
afterAll(() => started?.stop());
afterEach(() => started.sandbox.faults.clear());

const suppress = (EmailAddress: string) =>
  ses.send(new PutSuppressedDestinationCommand({ EmailAddress, Reason: 'BOUNCE' }));

/** A channel of one environment, and how many of its mails an address got. */
function mailTo(recipient: string) {
  let now = START;
  const suppressed = sesSuppression(ses, () => now);
  const channel = emailChannel(ses, { from: 'alerts@example.com', stage: 'dev', suppressed });
  const alert = openAlert(signal(recipient), recipient, testPolicy('http://127.0.0.1:1'), START);
  const delivery = firstDelivery(alert, { channel: 'mail', recipient, step: 0 }, START);
  return {
    send: () => channel({ alert, delivery }),
    wait: (ms: number) => {
      now += ms;
    },
    got: () => started.sandbox.peers.ses.sent().filter(({ to }) => to.includes(recipient)).length,
  };
}

test('a mail that SES would take and drop is a refusal for good, with its reason', async () => {
  const mail = mailTo('gone@example.com');
  await suppress('gone@example.com');

  expect(await mail.send()).toEqual({
    kind: 'never',
    reason: "SES: the address is on the account's suppression list (BOUNCE of 2026-01-15T12:00:00.000Z)",
  });
  expect(mail.got()).toBe(0);
});

test('who is suppressed is asked again after a minute', async () => {
  const mail = mailTo('later@example.com');
  const kinds = [(await mail.send()).kind];
  await suppress('later@example.com');
  kinds.push((await mail.send()).kind);
  mail.wait(MINUTE_MS);
  kinds.push((await mail.send()).kind);

  expect(kinds).toEqual(['sent', 'sent', 'never']);
});

test.each(['throttle', 'drop-response'] as const)('a question that meets a %s keeps no mail back', async (kind) => {
  const mail = mailTo(`${kind}@example.com`);
  started.sandbox.faults.inject({ service: 'ses', operation: 'GetSuppressedDestination', effect: { kind } });

  expect(await mail.send()).toMatchObject({ kind: 'sent' });
  expect(mail.got()).toBe(1);
});
