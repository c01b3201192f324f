import { InvokeCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type LoneLambda, startLoneLambda } from './testing/lone-lambda.ts';

let lambda: LoneLambda;
beforeAll(async () => {
  lambda = await startLoneLambda();
});
afterAll(() => lambda.stop());

const invoke = async (functionName: string, payload: unknown = {}) => {
  const output = await lambda.client.send(
    new InvokeCommand({ FunctionName: functionName, Payload: JSON.stringify(payload), LogType: 'Tail' }),
  );
  const tail = Buffer.from(output.LogResult ?? '', 'base64').toString('utf8');
  return { ...output, tail, answer: JSON.parse(output.Payload?.transformToString() ?? 'null') };
};

describe('an invocation', () => {
  test('runs the packaged handler at the time of the sandbox and answers what it returns', async () => {
    await lambda.deploy(
      'hello',
      `export const handler = async (event, context) => {
        console.log('hello %s', event.name);
        return { name: event.name, at: new Date().toISOString().slice(0, 16), left: context.getRemainingTimeInMillis() > 2000,
          arn: context.invokedFunctionArn, color: process.env.COLOR, key: process.env.AWS_ACCESS_KEY_ID };
      };`,
      { Environment: { Variables: { COLOR: 'amber' } } },
    );

    const { answer, StatusCode, ExecutedVersion, tail } = await invoke('hello', { name: 'lamp' });

    expect({ StatusCode, ExecutedVersion }).toEqual({ StatusCode: 200, ExecutedVersion: '$LATEST' });
    expect(answer).toEqual({
      name: 'lamp',
      at: '2026-01-01T00:00',
      left: true,
      arn: 'arn:aws:lambda:us-east-1:123456789012:function:hello',
      color: 'amber',
      key: expect.stringMatching(/^ASIA/),
    });
    expect(tail).toMatch(
      /^INIT_START .*\nSTART RequestId: .*\n.*\tINFO\thello lamp\nEND RequestId: .*\nREPORT RequestId: /,
    );
  });
});
