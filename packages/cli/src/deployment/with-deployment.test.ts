import { describe, expect, test } from '@jest/globals';
import { Sandbox, VirtualClock } from '@lamplighter/sandbox';
import { recordedTerminal } from '../testing/recorded-terminal.ts';
import { type DeploymentOptions, placeOf, withDeployment } from './with-deployment.ts';

test.each([
  [{}, ''],
  [{ stage: 'prod', region: 'eu-west-1' }, ' --stage prod --region eu-west-1'],
  [{ endpoint: 'http://127.0.0.1:4566', json: true as const }, ' --endpoint http://127.0.0.1:4566'],
])('%j is typed as "%s"', (options, text) => {
  expect(placeOf(options)).toBe(text);
});

describe('what time it is there', () => {
  const terminal = recordedTerminal();
  const timeAt = (options: DeploymentOptions): Promise<number> =>
    withDeployment(options, terminal, {
      named: (deployment) => deployment.now(),
      unnamed: () => Promise.reject(new Error('not named')),
    });

  test('a sandbox tells by its own clock, which a story may have moved ahead', async () => {
    const startMs = Date.UTC(2100, 10, 27, 10, 55);
    const clock = new VirtualClock(startMs);
    const sandbox = await Sandbox.start({ clock });
    await clock.advance(60_000);

    expect(await timeAt({ endpoint: sandbox.endpoint, region: 'us-east-1' })).toBe(startMs + 60_000);

    const { endpoint } = sandbox;
    await sandbox.stop();
    expect(await timeAt({ endpoint, region: 'us-east-1' })).toBe(terminal.now());
  });

  test("AWS has this machine's", async () => {
    expect(await timeAt({ region: 'eu-west-1' })).toBe(terminal.now());
  });
});
