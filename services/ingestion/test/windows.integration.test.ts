import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { FunctionWindow } from '@lamplighter/contracts';
import type { LogBatch } from '@lamplighter/lambda-logs';
import { type CallCrash, everyCrash } from '@lamplighter/sandbox';
import { type CaughtEvent, catchEvents } from './caught-events.ts';
import { type Pipeline, startPipeline } from './deployed-pipeline.ts';
import { newestOf } from './memory-windows.ts';

const MINUTE_MS = 60_000;
const FIRST = Date.UTC(2026, 0, 15, 10);
/** From a minute's end to its event on the bus at most, with the smallest grace. */
const LATENCY_MS = 2_000;
const FUNCTIONS = ['booking', 'pricing', 'invoices', 'rooms', 'guests'];
const CLOSE_WINDOWS_ROLE = 'CloseWindowsRole';

let pipeline: Pipeline;
let caught: () => Promise<readonly CaughtEvent[]>;
const told: unknown[] = [];
beforeAll(async () => {
  pipeline = await startPipeline({
    doors: ['direct'],
    startMs: FIRST,
    params: { windowGraceSeconds: '1', silenceMinutes: '3' },
  });
  caught = await catchEvents(pipeline.sandbox, { stage: 'dev', detailTypes: ['WindowsClosed'] });
  await pipeline.createLogGroups(FUNCTIONS.map((name) => `/aws/lambda/${name}`));
});
afterAll(() => pipeline?.stop());

/** An invocation that ends at `endMs`. */
function invocation(functionName: string, endMs: number, { durationMs = 120, more = '' } = {}): LogBatch {
  const requestId = `${String(endMs).slice(-8)}-${functionName
    .padEnd(4, 'e')
    .slice(0, 4)
    .replace(/[^a-f]/g, 'a')}-4111-8111-111111111111`;
  const at = (timestamp: number, message: string) => ({
    id: `${String(timestamp).padStart(40, '0')}${functionName}${message.slice(0, 3)}`,
    timestamp,
    message,
  });
  return {
    owner: '123456789012',
    logGroup: `/aws/lambda/${functionName}`,
    logStream: '2026/01/15/[$LATEST]0123456789abcdef0123456789abcdef',
    subscriptionFilters: ['lamplighter-dev'],
    events: [
      at(endMs - durationMs, `START RequestId: ${requestId} Version: 7`),
      at(endMs, `END RequestId: ${requestId}`),
      at(
        endMs,
        `REPORT RequestId: ${requestId}\tDuration: ${durationMs}.00 ms\tBilled Duration: ${durationMs} ms\tMemory Size: 512 MB\tMax Memory Used: 90 MB\t${more}`,
      ),
    ],
  };
}

async function moveTo(time: number): Promise<void> {
  await pipeline.sandbox.idle();
  await pipeline.clock.advance(time - pipeline.clock.now());
  await pipeline.sandbox.idle();
}

/** Writes at the time of the last event, as a function would, and waits for nothing. */
async function happens({ logGroup, logStream, events, owner }: LogBatch): Promise<void> {
  await moveTo(events.at(-1)!.timestamp);
  await pipeline.sandbox.peers.logs.write(logGroup, logStream, events, owner);
}

/** What the bus has told of a function since the beginning: invocations and revision by minute. */
async function windowsTold(
  functionName: string,
): Promise<(readonly [minute: number, invocations: number, revision: number])[]> {
  told.push(...(await caught()).map(({ detail }) => detail));
  return [...newestOf(told).values()]
    .filter(({ figures }) => figures.functionName === functionName)
    .map(({ revision, figures }) => [(figures.start - FIRST) / MINUTE_MS, figures.invocations, revision] as const)
    .sort(([a], [b]) => a - b);
}

const callsOfClosing = (): string[] =>
  pipeline.sandbox
    .calls()
    .filter(({ roleName }) => roleName?.includes(CLOSE_WINDOWS_ROLE))
    .map(({ operation }) => operation);

const figuresOf = (functionName: string, minute: number): FunctionWindow =>
  newestOf(told).get(`${functionName} ${FIRST + minute * MINUTE_MS}`)!.figures;

describe('windows', () => {
  test('are on the bus two seconds after their minute, whenever in it the last line was written', async () => {
    const lastLines = [59_990, 59_500, 58_001, 31_337, 1_000];
    for (let minute = 0; minute < 4; minute += 1) {
      const start = FIRST + minute * MINUTE_MS;
      const lines = FUNCTIONS.map((name, index) => invocation(name, start + lastLines[(index + minute) % 5]!));
      for (const line of lines.toSorted((a, b) => a.events.at(-1)!.timestamp - b.events.at(-1)!.timestamp))
        await happens(line);
      await moveTo(start + MINUTE_MS + LATENCY_MS);
      for (const name of FUNCTIONS) expect((await windowsTold(name)).at(-1)).toEqual([minute, 1, 0]);
    }
  });

  test('tell silence for as long as it is news, and then cost nothing', async () => {
    await moveTo(FIRST + 30 * MINUTE_MS);

    expect(await windowsTold('booking')).toEqual([
      [0, 1, 0],
      [1, 1, 0],
      [2, 1, 0],
      [3, 1, 0],
      [4, 0, 0],
      [5, 0, 0],
      [6, 0, 0],
    ]);
    pipeline.sandbox.forgetCalls();
    await moveTo(FIRST + 40 * MINUTE_MS);
    expect(callsOfClosing()).toEqual([]);
    expect(await windowsTold('booking')).toHaveLength(7);
  });

  test('are corrected when data comes late, and told no second time when nothing changed', async () => {
    const late = invocation('booking', FIRST + 2 * MINUTE_MS + 30_000, { durationMs: 90 });
    await pipeline.write([late]);
    await moveTo(pipeline.clock.now() + 2 * MINUTE_MS);
    expect((await windowsTold('booking'))[2]).toEqual([2, 2, 1]);

    const before = (await windowsTold('booking')).length;
    await pipeline.write([late]);
    await moveTo(pipeline.clock.now() + 2 * MINUTE_MS);
    expect(await caught()).toEqual([]);
    expect(await windowsTold('booking')).toHaveLength(before);
  });

  test('answer as the audit does when asked', async () => {
    const answer = await pipeline.ask('direct', {
      kind: 'windows',
      functionName: 'booking',
      since: FIRST,
      until: FIRST + 4 * MINUTE_MS,
    });
    expect(answer).toEqual({ kind: 'windows', windows: [0, 1, 2, 3].map((minute) => figuresOf('booking', minute)) });
    expect(figuresOf('booking', 2)).toMatchObject({
      byVersion: [{ version: '7', invocations: 2 }],
      exampleRequestIds: { timeouts: [] },
      maxConcurrency: 1,
    });
  });

  test.each([
    ['windows', 0],
    ['windows', -1e15],
    ['completeness', -1e15],
  ] as const)('%s since %d until the end of all time are an answer', async (kind, since) => {
    const query = { kind, functionName: 'booking', since, until: Number.MAX_SAFE_INTEGER };
    expect(await pipeline.ask('direct', query)).toMatchObject({ kind });
  });

  test('of data older than a day are not told, and the audit answers for them', async () => {
    const dayBefore = FIRST - 25 * 60 * MINUTE_MS;
    await pipeline.write([invocation('rooms', dayBefore + 10_000)]);
    await moveTo(pipeline.clock.now() + 3 * MINUTE_MS);

    expect(await caught()).toEqual([]);
    const range = { since: dayBefore, until: dayBefore + MINUTE_MS };
    expect(await pipeline.ask('direct', { kind: 'windows', functionName: 'rooms', ...range })).toMatchObject({
      windows: [{ start: dayBefore, invocations: 1 }],
    });
  });

  test('of hours at once come in few messages and few events', async () => {
    const start = FIRST - 5 * 60 * MINUTE_MS;
    const history = Array.from({ length: 120 }, (_, index) => invocation('guests', start + index * MINUTE_MS + 10_000));
    const { logGroup, logStream, owner } = history[0]!;
    pipeline.sandbox.forgetCalls();
    await pipeline.write([
      { ...history[0]!, logGroup, logStream, owner, events: history.flatMap(({ events }) => events) },
    ]);
    await moveTo(pipeline.clock.now() + 3 * MINUTE_MS);

    const events = await caught();
    told.push(...events.map(({ detail }) => detail));
    const minutes = (await windowsTold('guests')).filter(([minute]) => minute < -100);
    expect(minutes.filter(([, invocations]) => invocations === 1)).toHaveLength(120);
    expect(minutes.filter(([, invocations]) => invocations === 0)).toHaveLength(3);
    expect(events.length).toBeLessThanOrEqual(12);
    const sent = pipeline.sandbox.calls().filter(({ operation }) => operation === 'SendMessageBatch');
    expect(sent.length).toBeLessThanOrEqual(4);
  });

  test('a message that is none lies in the dead-letter queue after five tries, and holds up no other', async () => {
    const sqs = pipeline.sandbox.client(SQSClient);
    const QueueUrl = pipeline.idOf('direct', 'WindowClosings');
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: '{"functionName":"booking","minutes":["now"]}' }));
    await happens(invocation('invoices', pipeline.clock.now() + 1_000));
    await moveTo(pipeline.clock.now() + 60 * MINUTE_MS);

    expect((await windowsTold('invoices')).filter(([minute]) => minute > 6)).not.toEqual([]);
    const FailedClosings = pipeline.idOf('direct', 'FailedClosings');
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: FailedClosings }));
    expect(Messages.map(({ Body }) => Body)).toEqual(['{"functionName":"booking","minutes":["now"]}']);
  });

  test('end in the same figures whichever of its calls close-windows dies at', async () => {
    const names: string[] = [];
    const closes = async (name: string, crash?: CallCrash) => {
      pipeline.sandbox.peers.logs.ensureLogGroup(`/aws/lambda/${name}`);
      await moveTo(pipeline.clock.now() + 2 * MINUTE_MS);
      const start = Math.ceil(pipeline.clock.now() / MINUTE_MS) * MINUTE_MS;
      await happens(invocation(name, start + 30_000));
      await moveTo(start + 40_000);
      pipeline.sandbox.forgetCalls();
      const fault =
        crash &&
        pipeline.sandbox.faults.inject({
          caller: ({ roleArn }) => roleArn?.includes(CLOSE_WINDOWS_ROLE) === true,
          nth: crash.nth,
          effect: { kind: 'crash-caller', when: crash.when },
        });
      await moveTo(start + MINUTE_MS + LATENCY_MS);
      const calls = callsOfClosing();
      await moveTo(start + 12 * MINUTE_MS);
      fault?.lift();
      if (fault) expect(fault.hits).toBe(1);
      expect((await windowsTold(name)).map(([, invocations, revision]) => [invocations, revision])).toEqual([
        [1, 0],
        [0, 0],
        [0, 0],
        [0, 0],
      ]);
      names.push(name);
      return calls;
    };
    const calls = await closes('calm');
    expect(new Set(calls)).toEqual(new Set(['Query', 'UpdateItem', 'PutEvents', 'SendMessageBatch']));
    const crashes = everyCrash(calls);
    expect(crashes.length).toBeGreaterThan(calls.length);
    for (const crash of crashes) await closes(`${crash.when}-${crash.nth}`, crash);
    expect(names).toHaveLength(1 + crashes.length);
  });
});

test('the functions that are watched are listed by pages, each once', async () => {
  const listed = async (page: { readonly limit?: number; readonly cursor?: string }) => {
    const answer = await pipeline.ask('direct', { kind: 'functions', ...page });
    if (answer.kind !== 'functions') throw new Error(answer.kind);
    return { names: answer.functions.map(({ functionName }) => functionName), cursor: answer.cursor };
  };
  const all = await listed({});
  const pages = [await listed({ limit: 4 })];
  for (let { cursor } = pages[0]!; cursor !== undefined; cursor = pages.at(-1)!.cursor)
    pages.push(await listed({ limit: 4, cursor }));

  expect(all.names).toEqual(expect.arrayContaining(FUNCTIONS));
  expect(pages.slice(0, -1).map(({ names }) => names.length)).toEqual(pages.slice(0, -1).map(() => 4));
  expect(pages.flatMap(({ names }) => names)).toEqual(all.names);
});

test('windows of a busy function that changed a day later are those that the audit tells, silent minutes too', async () => {
  const start = pipeline.clock.now() - (pipeline.clock.now() % MINUTE_MS) - 4 * MINUTE_MS;
  const busy = Array.from({ length: 120 }, (_, index) => invocation('booking', start + 200 + index * 400));
  await pipeline.write(busy);
  await moveTo(pipeline.clock.now() + 3 * MINUTE_MS);
  const range = { functionName: 'booking', since: start, until: start + 3 * MINUTE_MS };
  const counts = async () => {
    const answer = await pipeline.ask('direct', { kind: 'windows', ...range });
    if (answer.kind !== 'windows') throw new Error(answer.kind);
    return answer.windows.map((window) => [(window.start - start) / MINUTE_MS, window.invocations]);
  };
  expect(await counts()).toEqual([[0, 120]]);

  await moveTo(start + 26 * 60 * MINUTE_MS);
  await pipeline.write([invocation('booking', start + 2 * MINUTE_MS + 30_000)]);
  await moveTo(pipeline.clock.now() + MINUTE_MS);
  expect(await counts()).toEqual([
    [0, 120],
    [2, 1],
  ]);
});
