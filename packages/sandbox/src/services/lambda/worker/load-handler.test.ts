import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { invoke } from '../testing/invoke.ts';
import { type LoneLambda, startLoneLambda } from '../testing/lone-lambda.ts';

let lambda: LoneLambda;
beforeAll(async () => {
  lambda = await startLoneLambda();
});
afterAll(() => lambda.stop());

test('a module that cannot be loaded fails init, and once more as part of the invocation', async () => {
  await lambda.deploy('broken', `import 'not-there'; export const handler = () => {};`);

  const { answer, functionError, tail } = await invoke(lambda, 'broken');

  expect(functionError).toBe('Unhandled');
  expect(answer).toMatchObject({
    errorType: 'Runtime.ImportModuleError',
    errorMessage: expect.stringContaining("Cannot find package 'not-there'"),
  });
  expect(tail).toMatch(
    /^INIT_START .*\n2026.*\tundefined\tERROR\tUncaught Exception \t\{"errorType":"Runtime\.ImportModuleError"/,
  );
  expect(tail).toMatch(
    /\nINIT_REPORT Init Duration: [\d.]+ ms\tPhase: init\tStatus: error\tError Type: Runtime\.ImportModuleError\n/,
  );
  expect(tail).toMatch(
    /\nINIT_REPORT Init Duration: [\d.]+ ms\tPhase: invoke\tStatus: error\tError Type: Runtime\.ImportModuleError\nSTART /,
  );
  expect(tail).toMatch(/\tStatus: error\tError Type: Runtime\.ImportModuleError\n$/);
});

test.each([
  ['Runtime.UserCodeSyntaxError', 'export const handler = (', 'index.handler'],
  ['Runtime.HandlerNotFound', 'export const other = 1', 'index.handler'],
  ['Runtime.MalformedHandlerName', '', 'index'],
  ['Runtime.ExitError', 'process.exit(1)', 'index.handler'],
  ['Error', `throw new Error('at load')`, 'index.handler'],
])('init names what is wrong: %s', async (errorType, source, handler) => {
  const name = `init-${errorType.replace('.', '-')}`;
  await lambda.deploy(name, source, { Handler: handler });

  expect((await invoke(lambda, name)).answer).toMatchObject({ errorType });
});

test('nodejs24.x refuses callback handlers, nodejs22.x runs them', async () => {
  const source = `export const handler = (event, context, done) => done(null, 'called');`;
  await lambda.deploy('callback-24', source);
  await lambda.deploy('callback-22', source, { Runtime: 'nodejs22.x' });

  expect((await invoke(lambda, 'callback-24')).answer).toMatchObject({
    errorType: 'Runtime.CallbackHandlerDeprecated',
  });
  expect((await invoke(lambda, 'callback-22')).answer).toBe('called');
});
