import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { XRayClient } from '@aws-sdk/client-xray';
import { expect, test } from '@jest/globals';
import { xrayTraces } from './xray-traces.ts';

const TRACE = '6968b9f20123456789abcdef01234567';

/** What is told of a trace by an X-Ray that answers so. */
async function toldBy(answer: RequestListener, timeoutMs: number) {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const client = new XRayClient({
    region: 'eu-west-1',
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    maxAttempts: 1,
  });
  const warnings: string[] = [];
  const logger = { warn: (text: string) => void warnings.push(text) };
  const spans = await xrayTraces(client, logger as never, timeoutMs).ofTrace(TRACE);
  client.destroy();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  return { spans, warnings };
}

test('an X-Ray that never answers is not waited for', async () => {
  expect(await toldBy(() => {}, 200)).toEqual({ spans: [], warnings: [expect.stringContaining('did not answer')] });
});

test('segments with times that are none are left out, and the others told', async () => {
  const segment = (id: string, start_time: number, end_time: number) => ({
    Document: JSON.stringify({ id, name: id, start_time, end_time }),
  });
  const Segments = [
    segment('1111111111111111', 1_768_471_200, 1_768_471_201),
    segment('2222222222222222', 1e308, 1e308),
    segment('3333333333333333', 1_768_471_201, 1_768_471_200),
    segment('no id', 1_768_471_200, 1_768_471_201),
  ];
  const { spans } = await toldBy((_, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ Traces: [{ Id: '1-x', Segments }] }));
  }, 60_000);

  expect(spans).toEqual([expect.objectContaining({ traceId: TRACE, spanId: '1111111111111111', durationMs: 1_000 })]);
});
