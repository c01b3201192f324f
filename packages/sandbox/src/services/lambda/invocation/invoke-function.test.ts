import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { invoke } from '../testing/invoke.ts';
import { type LoneLambda, startLoneLambda } from '../testing/lone-lambda.ts';

const SOURCE = `
let count = 0;
export const hello = async (event, context) => {
  console.log('hello %s', event.name);
  count += 1;
  return { name: event.name, count, at: new Date().toISOString().slice(0, 16), leftMs: context.getRemainingTimeInMillis(),
    arn: context.invokedFunctionArn, color: process.env.COLOR, key: process.env.AWS_ACCESS_KEY_ID, cwd: process.cwd() === process.env.LAMBDA_TASK_ROOT };
};
export const write = async () => { console.warn({ a: 1 }); process.stdout.write('{"raw":true}\\nsecond\\n'); console.log('two\\nlines'); };
export const fail = async () => { throw new TypeError('no lamp') };
export const exit = async () => process.exit(3);
export const reject = async () => { Promise.reject(new Error('too late')); await new Promise((resolve) => setTimeout(resolve, 5000)) };
export const hang = async () => { console.log('waiting'); for (;;); };
export const grow = async () => { const all = []; for (;;) all.push(new Array(1e5).fill(Math.random())) };
export const buffers = async () => { const all = []; for (let index = 0; index < 640; index++) { all.push(Buffer.alloc(1e6, 1)); await new Promise(setImmediate) } await new Promise(() => setInterval(() => {}, 1000)) };
export const large = async () => 'x'.repeat(6291557);
export const circular = async () => { const ring = {}; ring.ring = ring; return ring };
export const nothing = async () => {};
`;

let lambda: LoneLambda;
beforeAll(async () => {
  lambda = await startLoneLambda();
});
afterAll(() => lambda.stop());

const deploy = (name: string, properties: Readonly<Record<string, unknown>> = {}) =>
  lambda.deploy(name, SOURCE, { Handler: `index.${name}`, ...properties });

describe('a successful invocation', () => {
  test('runs the packaged handler at the time of the sandbox', async () => {
    await deploy('hello', { Environment: { Variables: { COLOR: 'amber' } }, Timeout: 60 });

    const { answer, executedVersion } = await invoke(lambda, 'hello', { name: 'lamp' });
    const { leftMs, ...said } = answer as { readonly leftMs: number };

    expect(leftMs).toBeGreaterThan(10_000);
    expect(leftMs).toBeLessThanOrEqual(60_000);
    expect(executedVersion).toBe('$LATEST');
    expect(said).toEqual({
      name: 'lamp',
      count: 1,
      at: '2026-01-01T00:00',
      arn: 'arn:aws:lambda:us-east-1:123456789012:function:hello',
      color: 'amber',
      key: expect.stringMatching(/^ASIA/),
      cwd: true,
    });
  });

  test('reuses a warm environment, which reports no init', async () => {
    const { answer, tail } = await invoke(lambda, 'hello', { name: 'again' });

    expect(answer).toMatchObject({ count: 2 });
    expect(tail).not.toContain('INIT_START');
    expect(tail).not.toContain('Init Duration');
  });

  test('writes INIT_START, START, the lines of the function, END and REPORT', async () => {
    await deploy('write');

    await invoke(lambda, 'write');

    const id = '[0-9a-f-]{36}';
    const expected = [
      /^INIT_START Runtime Version: nodejs:24\.v1\tRuntime Version ARN: arn:aws:lambda:us-east-1::runtime:[0-9a-f]{64}\n$/,
      new RegExp(`^START RequestId: ${id} Version: \\$LATEST\n$`),
      new RegExp(`^2026-01-01T00:00:\\d\\d\\.\\d{3}Z\t${id}\tWARN\t\\{ a: 1 \\}\n$`),
      /^\{"raw":true\}\n$/,
      /^second\n$/,
      new RegExp(`^2026-01-01T00:00:\\d\\d\\.\\d{3}Z\t${id}\tINFO\ttwo\nlines\n$`),
      new RegExp(`^END RequestId: ${id}\n$`),
      new RegExp(
        `^REPORT RequestId: ${id}\tDuration: \\d+\\.\\d\\d ms\tBilled Duration: \\d+ ms\tMemory Size: 128 MB\tMax Memory Used: \\d+ MB\tInit Duration: \\d+\\.\\d\\d ms\t\n$`,
      ),
    ];
    const messages = lambda.messages('write');
    expect(messages).toHaveLength(expected.length);
    for (const [index, pattern] of expected.entries()) expect(messages[index]).toMatch(pattern);
  });

  test('keeps its log records in the order of their timestamps', () => {
    const stamps = (lambda.fake.logs.get('/aws/lambda/write') ?? []).map(({ timestamp }) => timestamp);

    expect(stamps).toEqual([...stamps].sort((left, right) => left - right));
  });

  test('bills init and duration together, rounded up', () => {
    const report = lambda.messages('write').at(-1) ?? '';
    const figure = (name: string) => Number(new RegExp(`\t${name}: ([\\d.]+) ms`).exec(report)?.[1]);

    // The two figures of the line are rounded to hundredths, the bill is not.
    const exact = figure('Duration') + figure('Init Duration');
    expect([Math.ceil(exact - 0.01), Math.ceil(exact + 0.01)]).toContain(figure('Billed Duration'));
  });

  test('answers null where the handler returns nothing', async () => {
    await deploy('nothing');

    expect(await invoke(lambda, 'nothing')).toMatchObject({ answer: null, functionError: undefined });
  });
});

describe('a failing invocation', () => {
  test('answers what the handler threw', async () => {
    await deploy('fail');

    const { functionError, answer, tail } = await invoke(lambda, 'fail');

    expect(functionError).toBe('Unhandled');
    expect(answer).toEqual({
      errorType: 'TypeError',
      errorMessage: 'no lamp',
      trace: expect.arrayContaining(['TypeError: no lamp']),
    });
    expect(tail).toMatch(
      /\tERROR\tInvoke Error \t\{"errorType":"TypeError","errorMessage":"no lamp","stack":\["TypeError: no lamp",/,
    );
    expect(tail).not.toContain('Status:');
  });

  test('tells how the process exited', async () => {
    await deploy('exit');

    const { answer, tail } = await invoke(lambda, 'exit');

    expect(answer).toEqual({
      errorType: 'Runtime.ExitError',
      errorMessage: expect.stringMatching(/^RequestId: [0-9a-f-]{36} Error: Runtime exited with error: exit status 3$/),
    });
    expect(tail).toMatch(/\nRequestId: .* Error: Runtime exited with error: exit status 3\nRuntime\.ExitError\nEND /);
    expect(tail).toMatch(/\tStatus: error\tError Type: Runtime\.ExitError\n$/);
  });

  test('a rejection that nobody handles ends the environment with status 128', async () => {
    await deploy('reject');

    const { answer, tail } = await invoke(lambda, 'reject');

    expect(answer).toMatchObject({ errorType: 'Runtime.UnhandledPromiseRejection', errorMessage: 'Error: too late' });
    expect(tail).toContain('\tERROR\tUnhandled Promise Rejection \t{"errorType":"Runtime.UnhandledPromiseRejection"');
    expect(tail).toContain('Runtime exited with error: exit status 128');
  });

  test('a timeout ends the environment, keeps what was logged, and shows the exact limit', async () => {
    await deploy('hang', { Timeout: 2 });

    const { answer, tail } = await invoke(lambda, 'hang');

    expect(answer).toEqual({
      errorType: 'Sandbox.Timedout',
      errorMessage: expect.stringMatching(/^RequestId: .* Error: Task timed out after 2\.00 seconds$/),
    });
    expect(tail).toMatch(/\tINFO\twaiting\n/);
    expect(tail).toMatch(/\n2026-01-01T00:00:\d\d\.\d{3}Z [0-9a-f-]{36} Task timed out after 2\.00 seconds\n\nEND /);
    expect(tail).toMatch(/\tDuration: 2000\.00 ms\t.*\tStatus: timeout\n$/);
  });

  test.each(['grow', 'buffers'])('memory beyond the function’s size kills the environment (%s)', async (name) => {
    await deploy(name);

    const { answer, tail } = await invoke(lambda, name);

    expect(answer).toEqual({
      errorType: 'Runtime.OutOfMemory',
      errorMessage: expect.stringMatching(/Error: Runtime exited with error: signal: killed$/),
    });
    expect(tail).toMatch(/\tMax Memory Used: 128 MB\t.*\tStatus: error\tError Type: Runtime\.OutOfMemory\n$/);
  });

  test('an answer over 6 MB is an error of its own', async () => {
    await deploy('large');

    expect((await invoke(lambda, 'large')).answer).toEqual({
      errorType: 'Function.ResponseSizeTooLarge',
      errorMessage: 'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
    });
  });

  test('an answer that JSON cannot hold is an error', async () => {
    await deploy('circular');

    expect((await invoke(lambda, 'circular')).answer).toMatchObject({
      errorMessage: 'Unable to stringify response body',
    });
  });
});

test('a handler that throws has no Status in its REPORT in text format, a process that dies has one', async () => {
  const reportOf = async (name: string, body: string) => {
    await lambda.deploy(name, `export const handler = async () => { ${body} };`);
    await invoke(lambda, name);
    return lambda.messages(name).find((message) => message.startsWith('REPORT'));
  };

  expect(await reportOf('text-threw', "throw new RangeError('far')")).not.toContain('Status');
  expect(await reportOf('text-exit', 'process.exit(3)')).toContain('\tStatus: error\tError Type: Runtime.ExitError\n');
});

describe('what belongs to an invocation', () => {
  test('counts in AWS/Lambda metrics per function, per resource and over all', () => {
    const of = (name: string) => lambda.fake.metrics.filter((metric) => metric.name === name);
    const dimensions = of('Errors')
      .filter(({ dimensions: { FunctionName } }) => FunctionName === undefined || FunctionName === 'exit')
      .map((metric) => metric.dimensions);

    expect(dimensions).toContainEqual({ FunctionName: 'exit' });
    expect(dimensions).toContainEqual({ FunctionName: 'exit', Resource: 'exit' });
    expect(dimensions).toContainEqual({});
    expect(of('Errors').find(({ dimensions: { FunctionName } }) => FunctionName === 'exit')?.value).toBe(1);
    expect(of('Invocations').length).toBe(of('Duration').length);
  });

  test('active tracing adds the XRAY line, and the header reaches the handler', async () => {
    await lambda.deploy('traced', 'export const handler = async () => process.env._X_AMZN_TRACE_ID;', {
      TracingConfig: { Mode: 'Active' },
    });

    const { answer, tail } = await invoke(lambda, 'traced');

    const [, traceId, segmentId] =
      /^Root=(1-[0-9a-f]{8}-[0-9a-f]{24});Parent=([0-9a-f]{16});Sampled=1;Lineage=[0-9a-f]{8}:1$/.exec(
        String(answer),
      ) ?? [];
    expect(traceId).toBeDefined();
    expect(tail.endsWith(`\t\nXRAY TraceId: ${traceId}\tSegmentId: ${segmentId}\tSampled: true\t\n`)).toBe(true);
  });
});
