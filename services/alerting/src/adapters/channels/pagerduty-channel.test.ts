import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { FakeChannels } from '@lamplighter/sandbox/fake-channels';
import { signal } from '../../../test/signals.ts';
import { testPolicy } from '../../../test/test-policy.ts';
import { openAlert } from '../../domain/open-alert.ts';
import { firstDelivery } from '../../domain/plan-deliveries.ts';
import { pagerDutyChannel } from './pagerduty-channel.ts';

const NOW = Date.UTC(2026, 0, 15, 12);
let fakes: FakeChannels;
beforeAll(async () => {
  fakes = await FakeChannels.start({ now: () => NOW });
});
afterAll(() => fakes?.stop());

test.each([
  [
    { status: 'invalid event', errors: ["Length of 'routing_key' is incorrect (should be 32 characters)"] },
    "answered with 400: Length of 'routing_key' is incorrect (should be 32 characters)",
  ],
  [['?'], 'answered with 400'],
])('a refusal is told with the reason that PagerDuty gives, where it gives one', async (body, reason) => {
  fakes.trouble = () => ({ status: 400, body });
  const alert = openAlert(signal('db'), 'one', testPolicy(fakes.url), NOW);
  const delivery = firstDelivery(alert, { channel: 'pager', recipient: 'p', step: 0 }, NOW);

  expect(await pagerDutyChannel(`${fakes.url}/pagerduty`, 'key')({ alert, delivery })).toEqual({
    kind: 'never',
    reason,
  });
});
