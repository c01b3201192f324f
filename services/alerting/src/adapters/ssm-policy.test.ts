import { GetParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import { expect, test } from '@jest/globals';
import { testPolicy } from '../../test/test-policy.ts';
import { ssmPolicy } from './ssm-policy.ts';

const text = JSON.stringify(testPolicy('https://hooks.example'));

/** The policy of a stage, whose parameter holds a text. */
function policyOf(stage: string, lastGood?: string, Value = text) {
  const complaints: string[] = [];
  const send = async (command: unknown) => (command instanceof GetParameterCommand ? { Parameter: { Value } } : {});
  const policy = ssmPolicy({ send } as unknown as SSMClient, `/lamplighter/${stage}/alerting/policy`, {
    now: () => 0,
    lastGood: { read: async () => lastGood, keep: async () => undefined },
    complain: (problem) => void complaints.push(problem),
  });
  return { policy, complaints };
}

test('a policy with its own secrets is in force', async () => {
  const { policy, complaints } = policyOf('dev');

  expect(Object.keys((await policy()).channels)).toContain('ops');
  expect(complaints).toEqual([]);
});

test('a policy whose secrets may not be read is refused with one line', async () => {
  const { policy, complaints } = policyOf('prod');

  await expect(policy()).rejects.toMatchObject({ code: 'POLICY_INVALID' });
  expect(complaints).toEqual([
    expect.stringMatching(
      /^The policy is wrong at channels\.ops\.tokenParameter: it has to begin with \/lamplighter\/prod\//,
    ),
  ]);
});

test('the last good policy stays in force, though its secrets would be refused today', async () => {
  const { policy, complaints } = policyOf('prod', text);

  expect(Object.keys((await policy()).channels)).toContain('ops');
  expect(complaints).toHaveLength(1);
});

test('a policy that the version before let through stays in force, and is complained of', async () => {
  const quiet = { zone: 'UTC', from: '00:00', until: '00:00' };
  const refusedToday = JSON.stringify({ ...testPolicy('https://hooks.example'), quietHours: quiet });
  const { policy, complaints } = policyOf('dev', refusedToday, refusedToday);

  expect((await policy()).quietHours).toMatchObject(quiet);
  expect(complaints).toEqual([expect.stringContaining('quiet hours that never end')]);
});

test('what was never a policy is none because it lies where the last good one should', async () => {
  for (const lastGood of ['{', '{}']) await expect(policyOf('prod', lastGood).policy()).rejects.toThrow();
});
