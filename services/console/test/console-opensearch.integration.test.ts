import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { requestIdOf } from '@lamplighter/sandbox/minute-of-logs';
import { FUNCTION, liveMinutes, MINUTE_MS, START_MS, watch } from './a-night.ts';
import { type DeployedConsole, startConsole } from './deployed-console.ts';

/** Firehose hands over what it gathered after a quarter of an hour. */
const ARCHIVED_MS = 16 * MINUTE_MS;
const LATER_MS = 3 * 60 * MINUTE_MS;

let deployed: DeployedConsole;
beforeAll(async () => {
  deployed = await startConsole({
    services: ['backbone', 'ingestion'],
    startMs: START_MS,
    params: { search: 'opensearch' },
  });
  await watch(deployed, FUNCTION);
});
afterAll(() => deployed?.stop());

const search = async (text: string) => {
  const response = await fetch(`${deployed.edgeUrl}/api/search?q=${encodeURIComponent(text)}`);
  return ((await response.json()) as { hits: readonly { kind: string; requestId?: string }[] }).hits;
};

test('an order number of hours ago is found by the index that the archive fills', async () => {
  const start = Math.floor(deployed.clock.now() / MINUTE_MS) * MINUTE_MS;
  await liveMinutes(deployed, 1, { [FUNCTION]: { calls: 5 } });
  await deployed.settle(ARCHIVED_MS);
  await deployed.settle(LATER_MS);

  const hits = await search('4700003');

  expect(hits).toMatchObject([{ kind: 'line', requestId: requestIdOf(FUNCTION, start, 3) }]);
});

test('each of its functions uses what it may do', () => {
  const used = deployed.sandbox.iam
    .usage()
    .filter(({ roleName }) => /IndexText|AnswerRequest/.test(roleName))
    .map(({ roleName, action }) => `${/IndexText|AnswerRequest/.exec(roleName)?.[0]} ${action}`);
  expect(used).toEqual(
    expect.arrayContaining([
      'AnswerRequest aoss:APIAccessAll',
      'AnswerRequest logs:FilterLogEvents',
      'IndexText aoss:APIAccessAll',
      'IndexText s3:GetObject',
    ]),
  );
});
