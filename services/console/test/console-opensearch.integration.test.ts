import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
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

test('the command line is answered the same', async () => {
  const lambda = deployed.sandbox.client(LambdaClient);
  const until = Math.floor(deployed.clock.now());
  const ask = async (scope: object) => {
    const Payload = JSON.stringify({ kind: 'text', text: '4700003', ...scope });
    const answer = await lambda.send(
      new InvokeCommand({ FunctionName: 'lamplighter-console-dev-query-search', Payload }),
    );
    return JSON.parse(Buffer.from(answer.Payload ?? []).toString('utf8')) as { hits: readonly { kind: string }[] };
  };

  expect(await ask({ until })).toMatchObject({ kind: 'found', hits: await search('4700003') });
  expect((await ask({ since: until - MINUTE_MS })).hits).toEqual([]);
});

test('each of its functions uses what it may do', () => {
  const used = deployed.sandbox.iam
    .usage()
    .filter(({ roleName }) => /IndexText|AnswerRequest|QuerySearch/.test(roleName))
    .map(({ roleName, action }) => `${/IndexText|AnswerRequest|QuerySearch/.exec(roleName)?.[0]} ${action}`);
  expect(used).toEqual(
    expect.arrayContaining([
      'AnswerRequest aoss:APIAccessAll',
      'AnswerRequest logs:FilterLogEvents',
      'IndexText aoss:APIAccessAll',
      'IndexText s3:GetObject',
      'QuerySearch aoss:APIAccessAll',
      'QuerySearch lambda:InvokeFunction',
      'QuerySearch logs:FilterLogEvents',
    ]),
  );
});
