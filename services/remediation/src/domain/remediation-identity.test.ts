import { expect, test } from '@jest/globals';
import { remediationIdOf } from './remediation-identity.ts';

const OPENED_AT = 1_768_478_400_000;

test('a repair is named by the time that its finding was told by, though late figures correct its onset', () => {
  const findingId = 'timeouts/123456789012/us-east-1/rooms/1768478340000';

  expect(remediationIdOf(findingId, 'lambda-timeout', OPENED_AT)).toMatch(/^lambda-timeout-1768478340000-/);
});

test.each(['rooms', '42', '1768478340000'])(
  'what follows an advice on %s is named by the time of the advice',
  (functionName) => {
    const findingId = `provisioning/123456789012/us-east-1/${functionName}`;

    const id = remediationIdOf(findingId, 'provisioned-schedule', OPENED_AT);

    expect(id).toMatch(new RegExp(`^provisioned-schedule-${OPENED_AT}-`));
  },
);
