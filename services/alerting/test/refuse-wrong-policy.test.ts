import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from '@jest/globals';

const RefuseWrongPolicy = createRequire(import.meta.url)('../plugins/refuse-wrong-policy.cjs');
const EXAMPLE = JSON.parse(readFileSync(new URL('../config/example.json', import.meta.url), 'utf8'));

class ServerlessError extends Error {
  readonly code: string;
  constructor(message: string, code: string) {
    super(message);
    this.code = code;
  }
}

const packaging =
  (policy: object, stage = 'prod') =>
  () => {
    const Properties = { Name: `/lamplighter/${stage}/alerting/policy`, Value: JSON.stringify(policy) };
    return new RefuseWrongPolicy({
      classes: { Error: ServerlessError },
      service: { resources: { Resources: { Policy: { Properties } } } },
    }).hooks['before:package:initialize']();
  };

test('a policy that the functions can read is packaged', () => {
  expect(packaging(EXAMPLE)).not.toThrow();
});

test('one that they would refuse is refused before it is deployed, in one line with a code', () => {
  const [name, person] = Object.entries(EXAMPLE.people)[0]!;
  const wrong = { ...EXAMPLE, people: { ...EXAMPLE.people, [name]: { ...(person as object), slackUser: '@anna' } } };

  expect(packaging(wrong)).toThrow(
    expect.objectContaining({
      code: 'ALERTING_POLICY_REFUSED',
      message: expect.stringMatching(
        new RegExp(`^The policy is wrong at people.${name}.slackUser: it has to be an ID such as U0123ABCD.*$`),
      ),
    }),
  );
});

test('one of another stage, whose secrets the functions may not read, is refused with the path that they may', () => {
  const channels = {
    ...EXAMPLE.channels,
    'ops-slack': { type: 'slack', conversation: 'C0123ABCD', tokenParameter: '/lamplighter/dev/alerting/slack-token' },
  };
  const ofDev = { ...EXAMPLE, channels };

  expect(packaging(ofDev, 'dev')).not.toThrow();
  expect(packaging(ofDev, 'prod')).toThrow(
    expect.objectContaining({
      code: 'ALERTING_POLICY_REFUSED',
      message: expect.stringMatching(
        /^The policy is wrong at channels.ops-slack.tokenParameter: .*\/lamplighter\/prod\/alerting\/.*$/,
      ),
    }),
  );
});
