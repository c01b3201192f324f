import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { invoke } from '../testing/invoke.ts';
import { type LoneLambda, startLoneLambda } from '../testing/lone-lambda.ts';

let lambda: LoneLambda;
beforeAll(async () => {
  lambda = await startLoneLambda();
});
afterAll(() => lambda.stop());

test('logs in JSON format hold one event per record, by level', async () => {
  await lambda.deploy(
    'json',
    `export const handler = async () => {
      console.debug('hidden'); console.log('shown', 1); console.error(new RangeError('far')); console.info({ deep: { er: true } });
      process.stdout.write(JSON.stringify({ level: 'DEBUG', timestamp: 'now', message: 'own logger' }) + '\\nplain\\n');
    };`,
    { LoggingConfig: { LogFormat: 'JSON' } },
  );

  await invoke(lambda, 'json');

  const records = lambda.messages('json').map((message) => (message.startsWith('{') ? JSON.parse(message) : message));
  expect(records).toEqual([
    {
      time: expect.any(String),
      type: 'platform.initStart',
      record: expect.objectContaining({
        initializationType: 'on-demand',
        phase: 'init',
        functionName: 'json',
        functionVersion: '$LATEST',
        instanceId: expect.stringMatching(/^2026\/01\/01\/json\[\$LATEST\][0-9a-f]{32}$/),
        instanceMaxMemory: 134_217_728,
      }),
    },
    {
      time: expect.any(String),
      type: 'platform.start',
      record: {
        requestId: expect.any(String),
        functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:json',
        version: '$LATEST',
      },
    },
    { timestamp: expect.any(String), level: 'INFO', requestId: expect.any(String), message: 'shown 1' },
    {
      timestamp: expect.any(String),
      level: 'ERROR',
      requestId: expect.any(String),
      message: { errorType: 'RangeError', errorMessage: 'far', stackTrace: expect.any(Array) },
    },
    { timestamp: expect.any(String), level: 'INFO', requestId: expect.any(String), message: { deep: { er: true } } },
    'plain\n',
    {
      time: expect.any(String),
      type: 'platform.report',
      record: {
        requestId: expect.any(String),
        metrics: {
          durationMs: expect.any(Number),
          billedDurationMs: expect.any(Number),
          memorySizeMB: 128,
          maxMemoryUsedMB: expect.any(Number),
          initDurationMs: expect.any(Number),
        },
        status: 'success',
      },
    },
  ]);
});

test('of a function that cannot start they name the error by its class, and report both tries', async () => {
  await lambda.deploy('json-broken', 'export const other = 1;', { LoggingConfig: { LogFormat: 'JSON' } });

  await invoke(lambda, 'json-broken');

  const records = lambda.messages('json-broken').map((message) => JSON.parse(message));
  expect(records.map(({ type, message }) => type ?? message.errorType)).toEqual([
    'platform.initStart',
    'HandlerNotFound',
    'platform.initRuntimeDone',
    'platform.initReport',
    'HandlerNotFound',
    'platform.initRuntimeDone',
    'platform.initReport',
    'platform.start',
    'platform.runtimeDone',
    'platform.report',
  ]);
  expect(records.at(-1).record).toMatchObject({ status: 'error', errorType: 'Runtime.HandlerNotFound' });
});

describe('what the platform says of an invocation that fails, in JSON format', () => {
  const toldOf = async (name: string, body: string, settings: object = {}) => {
    const code = `export const handler = async () => { ${body} };`;
    await lambda.deploy(name, code, { LoggingConfig: { LogFormat: 'JSON', SystemLogLevel: 'DEBUG' }, ...settings });
    await invoke(lambda, name);
    const records = lambda.messages(name).map((message) => JSON.parse(message));
    const platform = records.filter(({ type }) => type === 'platform.runtimeDone' || type === 'platform.report');
    return {
      told: platform.map(({ record: { status, errorType } }) => [status, errorType]),
      lines: records.filter(({ level }) => level === 'ERROR').map(({ message }) => message.errorType),
    };
  };

  test.each([
    ['json-threw', "throw new RangeError('far')", {}, ['success', undefined], ['RangeError']],
    ['json-exit', 'process.exit(3)', {}, ['error', 'Runtime.ExitError'], []],
    [
      'json-uncaught',
      "setTimeout(() => { throw new RangeError('far'); }); await new Promise(() => {})",
      {},
      ['error', 'Runtime.ExitError'],
      ['RangeError'],
    ],
    ['json-slow', 'await new Promise(() => setInterval(() => {}, 1e6))', { Timeout: 1 }, ['timeout', undefined], []],
  ])('%s', async (name, body, settings, said, lines) => {
    expect(await toldOf(name, body, settings)).toEqual({ told: [said, said], lines });
  });
});
