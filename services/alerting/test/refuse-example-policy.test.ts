import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from '@jest/globals';

const RefuseExamplePolicy = createRequire(import.meta.url)('../plugins/refuse-example-policy.cjs');
const EXAMPLE = readFileSync(new URL('../config/example.json', import.meta.url), 'utf8');
const OWN = EXAMPLE.replaceAll('example.com', 'hotel.test');

function run(policy: string, { stage = 'prod', command = 'deploy' } = {}): () => void {
  const { hooks } = new RefuseExamplePolicy({
    service: { resources: { Resources: { Policy: { Properties: { Value: policy } } } } },
    processedInput: { commands: [command] },
    getProvider: () => ({ getStage: () => stage }),
  });
  return hooks['before:package:initialize'];
}

test('a stage that is relied on is not deployed with the example, nor with a copy of it', () => {
  expect(run(EXAMPLE)).toThrow('Stage prod would tell anna@example.com');
  expect(run(JSON.stringify(JSON.parse(EXAMPLE)))).toThrow('settings/prod.yml as alerting.policyFile');
});

test.each([
  ['a policy of its own', OWN, {}],
  ['the example in dev', EXAMPLE, { stage: 'dev' }],
  ['the example, packaged to be looked at', EXAMPLE, { command: 'package' }],
])('goes through: %s', (_what, policy, how) => {
  expect(run(policy, how)).not.toThrow();
});
