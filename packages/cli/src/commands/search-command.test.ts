import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { runProgram } from '../program.ts';
import { noteRunning } from '../stacks/running-sandbox.ts';
import { recordedTerminal } from '../testing/recorded-terminal.ts';

const REQUEST = '5a52c12f-9d3b-4b9f-9a35-0d4d4a1c7b01';
const HIT = {
  kind: 'line',
  functionName: 'shop-pay',
  at: Date.UTC(2026, 10, 21, 8),
  requestId: REQUEST,
  detail: 'order 47 is paid',
};

let lambda: Server;
let endpoint: string;
let forgetIt: () => Promise<void>;
let answer: object;
let asked: { path: string | undefined; question: unknown };
beforeAll(async () => {
  lambda = createServer(async (request, response) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    const body = Buffer.concat(parts).toString('utf8');
    if (request.method === 'POST') asked = { path: request.url, question: JSON.parse(body) };
    response.end(JSON.stringify(answer));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => lambda.once('listening', resolve));
  endpoint = `http://127.0.0.1:${(lambda.address() as AddressInfo).port}`;
  const credentials = { accessKeyId: 'its-own', secretAccessKey: 'its-own' };
  forgetIt = await noteRunning({ endpoint, region: 'us-east-1', stage: 'dev', credentials });
});
afterAll(async () => {
  await forgetIt();
  await new Promise((closed) => lambda.close(closed));
});

async function search(args: readonly string[], answered: object) {
  answer = answered;
  const terminal = recordedTerminal();
  const code = await runProgram(['search', ...args, '--endpoint', endpoint, '--stage', 'prod'], terminal);
  return { code, ...terminal.written };
}

test('a deployment is asked what was typed, and its hits are told with the way on', async () => {
  const { code, out, err } = await search(
    ['order', '47', '--function', '/aws/lambda/shop-pay', '--since', '2h', '--limit', '5'],
    { kind: 'found', hits: [HIT] },
  );

  expect(asked).toEqual({
    path: '/2015-03-31/functions/lamplighter-console-prod-query-search/invocations',
    question: {
      ...{ kind: 'text', text: 'order 47', functionName: 'shop-pay', limit: 5 },
      ...{ since: Date.UTC(2026, 10, 21, 7), until: Date.UTC(2026, 10, 21, 9) },
    },
  });
  expect([code, out]).toEqual([0, expect.stringContaining(`audit ${REQUEST} --stage prod --endpoint ${endpoint}\n`)]);
  expect(err).not.toContain('Nothing matches');
});

test('nothing found is a sentence with where was looked and what was not, and 1', async () => {
  const found = { kind: 'found', hits: [], note: 'In part.', unanswered: ['analysis'] };
  const { code, out, err } = await search(['order 48\u001b'], found);

  expect([code, out]).toEqual([1, '']);
  expect(err).toMatch(
    /Nothing matches "order 48\\u001b" at .*in the last hour \(--since 1d looks further back\)\. In part\. The analysis service did not answer/,
  );
});

test('as JSON, the hits and what was not looked through', async () => {
  const found = { hits: [HIT], note: 'In part.' };
  const { code, out } = await search(['47', '--json'], { kind: 'found', ...found });
  expect([code, JSON.parse(out)]).toEqual([0, found]);
});

test.each([[['']], [['x'.repeat(301)]], [['x', '--limit', '201']], [['x', '--since', '2099-01-01']]])(
  '%j is refused',
  async (args) => {
    expect((await search(args, { kind: 'found', hits: [] })).code).toBe(2);
  },
);
