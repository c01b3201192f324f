import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { type DeployedReservation, startReservation } from './deployed-reservation.ts';

const COMMAND = join(import.meta.dirname, '../src/commands/inject-fault.ts');
const NOBODY = { email: 'nobody@example.com' };
/** Environments go on with the faults that they have read for five seconds; how long an invocation took is on their clock too. */
const FRESH_MS = 60_000;

let deployed: DeployedReservation;
beforeAll(async () => {
  deployed = await startReservation();
}, 400_000);
afterAll(() => deployed?.stop());
afterEach(() => fault('clear'));

/** Runs the command against the sandbox, and lets functions read again. */
async function fault(...order: readonly string[]): Promise<unknown> {
  const env = { ...process.env, ...deployed.sandbox.environment };
  const { stdout } = await promisify(execFile)(process.execPath, [COMMAND, ...order], { env });
  await deployed.clock.advance(FRESH_MS);
  return JSON.parse(stdout);
}

test('an error rate is switched on and off while functions run', async () => {
  expect(await deployed.invoke('export-guest', NOBODY)).toMatchObject({ failed: false });

  await fault('{"errorRate":{"pct":100,"functions":["export-guest"]}}');
  expect(await deployed.invoke('export-guest', NOBODY)).toMatchObject({
    failed: true,
    answer: { errorType: 'INJECTED_ERROR' },
  });

  await fault('{"errorRate":null}');
  expect(await deployed.invoke('export-guest', NOBODY)).toMatchObject({ failed: false });
});

test('a throttled dependency is an error by its own name, without its words', async () => {
  await fault('{"throttle":{"dependency":"dynamodb","pct":100,"functions":["erase-guest"]}}');

  expect(await deployed.invoke('erase-guest', NOBODY)).toMatchObject({
    failed: true,
    answer: { errorType: 'ThrottlingException' },
  });
});

test('a bad release fails where it was released, until it is rolled back', async () => {
  await fault('{"badRelease":{"release":"r2","pct":100}}');
  expect(await deployed.invoke('export-guest', NOBODY)).toMatchObject({ failed: false });

  await fault('release', 'r2', 'export-guest');
  expect(await deployed.invoke('export-guest', NOBODY)).toMatchObject({ answer: { errorType: 'BAD_RELEASE' } });

  await fault('release', 'r1', 'export-guest');
  expect(await deployed.invoke('export-guest', NOBODY)).toMatchObject({ failed: false });
});

test('an index is dropped and put back', async () => {
  expect(await fault('database', 'drop-index')).toMatchObject({ hasIndex: false });
  expect(await fault('database', 'create-index')).toMatchObject({ hasIndex: true });
});

test.each([['--stage', 'prod', 'clear'], ['{"errorRate":{"pct":101}}'], ['{"whatever":1}'], ['database', 'explode']])(
  '%s %s is refused in one line',
  async (...order) => {
    await expect(fault(...order)).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^[A-Z_]+: [^\n]+\n$/),
    });
  },
);
