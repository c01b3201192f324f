import type { SESv2Client } from '@aws-sdk/client-sesv2';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { FakeChannels } from '@lamplighter/sandbox/fake-channels';
import { signal } from '../../../test/signals.ts';
import { testPolicy } from '../../../test/test-policy.ts';
import { openAlert } from '../../domain/open-alert.ts';
import { firstDelivery } from '../../domain/plan-deliveries.ts';
import { channelNamed } from './channel-named.ts';
import { post } from './http-outcome.ts';

const NOW = Date.UTC(2026, 0, 15, 12);
let fakes: FakeChannels;
beforeAll(async () => {
  fakes = await FakeChannels.start({ now: () => NOW });
});
afterAll(() => fakes?.stop());

/** What a channel says whose secret is this. */
async function sendWith(name: 'ops' | 'pager' | 'hook', secret: string) {
  const policy = testPolicy(fakes.url);
  const channel = await channelNamed({
    policy: async () => policy,
    secret: async () => secret,
    ses: undefined as unknown as SESv2Client,
    suppressed: async () => undefined,
    stage: 'dev',
    slackUrl: `${fakes.url}/slack`,
    pagerDutyUrl: `${fakes.url}/pagerduty`,
    now: () => NOW,
  })(name);
  const alert = openAlert(signal('db'), 'db', policy, NOW);
  return channel!({ alert, delivery: firstDelivery(alert, { channel: name, recipient: 'C-1', step: 0 }, NOW) });
}

test.each(['ops', 'pager'] as const)(
  'a secret of more than one word is said to be wrong, and not what it is: %s',
  async (name) => {
    const outcome = await sendWith(name, 'xoxb-SECRET\nxoxb-OTHER');

    expect(outcome).toEqual({
      kind: 'later',
      reason: expect.stringMatching(/The parameter \/lamplighter\/\S+ has to hold one word/),
    });
    expect(JSON.stringify(outcome)).not.toContain('SECRET');
  },
);

test('the line break at the end of a file is no part of a token', async () => {
  expect(await sendWith('ops', 'xoxb-SECRET\n')).toMatchObject({ kind: 'sent' });
  expect(fakes.received.at(-1)?.headers.authorization).toBe('Bearer xoxb-SECRET');
});

test('a secret that only signs may be any text', async () => {
  expect(await sendWith('hook', 'two words, ünd\nlines')).toMatchObject({ kind: 'sent' });
});

test('a request that cannot be made is refused for good, in words that quote nothing', async () => {
  const outcome = await post(`${fakes.url}/hook`, '{}', { authorization: 'Bearer SECRET\nSECRET' });

  expect(outcome).toEqual({ kind: 'never', reason: 'no request can be made of it: TypeError' });
});

test('a connection that is refused is named by its code', async () => {
  const gone = await FakeChannels.start({ now: () => NOW });
  const { url } = gone;
  await gone.stop();

  expect(await post(`${url}/hook`, '{}', {})).toEqual({
    kind: 'later',
    reason: 'no answer: ECONNREFUSED',
    isUnsure: true,
  });
});
