import { afterEach, describe, expect, test } from '@jest/globals';
import { invoke } from '../testing/invoke.ts';
import { type LoneLambda, ROLE_ARN, startLoneLambda } from '../testing/lone-lambda.ts';

const GROUP = '/aws/lambda/lamp';
const SOURCE = 'export const handler = async () => console.log("lit");';

let lambda: LoneLambda;
afterEach(() => lambda.stop());

const startDenying = async (...denied: readonly string[]) => {
  lambda = await startLoneLambda({ isAllowed: (action) => !denied.includes(action) });
  await lambda.deploy('lamp', SOURCE);
};

describe('a function’s log', () => {
  test('goes to the log group that LoggingConfig names', async () => {
    lambda = await startLoneLambda();
    await lambda.deploy('lamp', SOURCE, { LoggingConfig: { LogGroup: '/team/lamps' } });

    await invoke(lambda, 'lamp');

    expect([...lambda.fake.logs.keys()]).toEqual(['/team/lamps']);
  });

  test.each(['logs:CreateLogStream', 'logs:PutLogEvents'])('is lost where the role lacks %s', async (action) => {
    await startDenying(action);

    await invoke(lambda, 'lamp');

    expect(lambda.messages('lamp')).toEqual([]);
  });

  test('needs a group that is there already where the role may not create it', async () => {
    await startDenying('logs:CreateLogGroup');
    await invoke(lambda, 'lamp');
    expect(lambda.fake.logs.has(GROUP)).toBe(false);

    lambda.fake.logs.set(GROUP, []);
    await invoke(lambda, 'lamp');

    expect(lambda.messages('lamp').some((message) => message.endsWith('\tINFO\tlit\n'))).toBe(true);
  });

  test('is judged on the ARNs that AWS’s own refusals name', async () => {
    const asked: string[] = [];
    lambda = await startLoneLambda({
      isAllowed: (action, resource) => {
        asked.push(`${action} ${resource}`);
        return true;
      },
    });
    await lambda.deploy('lamp', SOURCE);

    await invoke(lambda, 'lamp');

    const stream = 'arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/lamp:log-stream:';
    expect(asked).toEqual([
      `logs:CreateLogGroup ${stream}`,
      expect.stringMatching(/^logs:CreateLogStream arn:.*:log-stream:2026\/01\/01\/\[\$LATEST\][0-9a-f]{32}$/),
      expect.stringMatching(/^logs:PutLogEvents arn:.*:log-stream:2026\/01\/01\/\[\$LATEST\][0-9a-f]{32}$/),
    ]);
    expect(ROLE_ARN).toContain(':role/');
  });
});
