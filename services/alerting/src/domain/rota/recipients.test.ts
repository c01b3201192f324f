import { expect, test } from '@jest/globals';
import { testPolicy } from '../../../test/test-policy.ts';
import { allRecipients, oneOfEachChannel, recipientsOf } from './recipients.ts';

const NOW = Date.UTC(2026, 0, 15, 12);

test('a channel that no step names hears the daily proof and nothing else: a monitor elsewhere can live by it', () => {
  const team = testPolicy('https://hooks.example');
  const url = 'https://hc-ping.example/check';
  const heartbeat = { type: 'webhook', url, secretParameter: '/lamplighter/dev/alerting/heartbeat' } as const;
  const policy = { ...team, channels: { ...team.channels, heartbeat } };
  const steps = Object.values(policy.escalation).flat();

  expect(oneOfEachChannel(policy, policy.escalation.info[0]!, NOW)).toContainEqual({
    channel: 'heartbeat',
    recipient: url,
  });
  expect(steps.flatMap((step) => recipientsOf(policy, step, NOW)).map(({ channel }) => channel)).not.toContain(
    'heartbeat',
  );
  expect(allRecipients(policy)).toContainEqual({ channel: 'heartbeat', recipient: url });
});
