import { text as bodyOf } from 'node:stream/consumers';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { expect, test } from '@jest/globals';
import { withAws } from '../../test/aws-that-answers.ts';
import { cloudWatchLines } from './cloudwatch-lines.ts';

const NOW = Date.UTC(2026, 0, 15, 4);
const HOUR = { since: NOW - 3_600_000, until: NOW };
const NEWEST = NOW - 5 * 60_000;

interface Asked {
  readonly startTime: number;
  readonly nextToken?: string;
}

/** A group's answer to one page: lines at these times, and whether there is another page. */
type Page = { readonly at?: readonly number[]; readonly hasMore?: boolean; readonly status?: number };

async function found(pageOf: (asked: Asked) => Page) {
  const asked: Asked[] = [];
  const result = await withAws(
    async (request, response) => {
      const question = JSON.parse(await bodyOf(request)) as Asked;
      asked.push(question);
      const { at = [], hasMore = false, status = 200 } = pageOf(question);
      const events = at.map((timestamp) => ({ timestamp, message: `order 4711 at ${timestamp}`, logStreamName: 's' }));
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify({ events, ...(hasMore && { nextToken: 'more' }) }));
    },
    async (options) => {
      const client = new CloudWatchLogsClient(options);
      const read = await cloudWatchLines(client)(['/aws/lambda/shop-pay'], '4711', HOUR);
      client.destroy();
      return read;
    },
  );
  return { ...result, at: result.lines.map((line) => line.at), asked };
}

test('a group that is looked through to its end is asked once', async () => {
  expect(await found(() => ({ at: [NOW - 60_000] }))).toMatchObject({
    at: [NOW - 60_000],
    unread: 0,
    inPart: 0,
    asked: [expect.anything()],
  });
});

test('empty pages without an end are not nothing: the group was read in part', async () => {
  expect(await found(() => ({ hasMore: true }))).toMatchObject({ at: [], unread: 0, inPart: 1 });
});

test('where there is more than can be told, the newest is found', async () => {
  const oldest = Array.from({ length: 200 }, (_, index) => HOUR.since + index);
  const { at, inPart } = await found(({ startTime }) =>
    startTime === NEWEST ? { at: [NOW - 1_000] } : { at: oldest, hasMore: true },
  );
  expect(at).toContain(NOW - 1_000);
  expect(inPart).toBe(1);
});

test('what was read before a fault is told', async () => {
  const { at, inPart, unread } = await found(({ startTime, nextToken }) => {
    if (startTime === NEWEST || nextToken !== undefined) return { status: 500 };
    return { at: [HOUR.since], hasMore: true };
  });
  expect({ at, inPart, unread }).toEqual({ at: [HOUR.since], inPart: 1, unread: 0 });
});

test('a group that cannot be read is unread', async () => {
  expect(await found(() => ({ status: 400 }))).toMatchObject({ at: [], unread: 1, inPart: 0 });
});
