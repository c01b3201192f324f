import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { AuditAnswer, InvocationStory, TraceSpan } from '@lamplighter/contracts';
import { DESKTOP, goTo, look, openPage, PHONE, seriousViolations } from './browser.ts';
import { describeInBrowser } from './describe-in-browser.ts';
import { answered, finding } from './fake-services.ts';
import { startPlayedConsole } from './played-console.ts';

const START = finding.openedAt;
const LOOKUPS = 12;
const SPANS_OF_MANY = 3_000;

const run = (startedAt: number, durationMs: number) => ({
  ...{ logStream: 's', startedAt, durationMs, coldStart: true, initDurationMs: 412.5 },
  ...{ status: 'error' as const, logLines: 0, missing: [] },
});

const span = (spanId: string, from: number, durationMs: number, more: Partial<TraceSpan> = {}): TraceSpan => ({
  ...{ traceId: 't', spanId, name: spanId, startedAt: START + from, endedAt: START + from + durationMs, durationMs },
  ...more,
});
const call = (remoteService: string, remoteOperation: string, from: number, durationMs: number, more: object = {}) =>
  span(`${remoteService} ${from}`, from, durationMs, {
    parentSpanId: 'request',
    remoteService,
    remoteOperation,
    ...more,
  });

const BOOKING = [
  span('gateway', -20, 1_030, { name: 'prod/shop', serviceName: 'shop-api' }),
  span('request', 0, 980, { requestId: 'booking', name: 'shop-booking', parentSpanId: 'gateway' }),
  ...Array.from({ length: LOOKUPS }, (_, n) => call('aurora', 'payments', 40 + 25 * n, 20)),
  call('card-provider.example', 'POST /authorisations', 360, 420, {
    httpStatusCode: 503,
    error: { type: 'ServiceUnavailable', message: 'the provider is closed for maintenance' },
  }),
  span('tls', 362, 38, { parentSpanId: 'card-provider.example 360', name: 'TLS handshake' }),
  call('DynamoDB', 'PutItem', 800, 64),
  span('audit', 700_000, 30, { parentSpanId: 'request', name: 'written by a clock that is far ahead' }),
];
const MANY = Array.from({ length: SPANS_OF_MANY }, (_, n) =>
  call(n % 2 === 0 ? 'redis' : 'aurora', 'GET', n / 4, (SPANS_OF_MANY - n) / 100),
);
const RETRIED = [span('first', 10, 900), span('second', 120_010, 300)];

const storyOf = (requestId: string, spans: TraceSpan[], attempts: InvocationStory['attempts']): AuditAnswer => ({
  kind: 'story',
  story: {
    ...{ attempts, lines: [], linesOmitted: 0, spans },
    invocation: {
      ...{
        ...run(START, 1_000),
        requestId,
        functionName: 'shop-booking',
        accountId: '123456789012',
        region: 'us-east-1',
      },
      ...{ logGroup: 'g', messages: [], attempts: attempts.length },
    },
  },
});
const STORIES: Readonly<Record<string, AuditAnswer>> = {
  booking: storyOf('booking', BOOKING, [run(START, 1_000)]),
  many: storyOf('many', MANY, [run(START, 1_000)]),
  retried: storyOf('retried', RETRIED, [run(START, 1_000), run(START + 60_000, 1_000), run(START + 120_000, 1_000)]),
};

describeInBrowser('where the time of a request went', (browser) => {
  let served: Awaited<ReturnType<typeof startPlayedConsole>>;

  beforeAll(async () => {
    served = await startPlayedConsole({
      audit: async (query) =>
        answered((query.kind === 'by-request' && STORIES[query.requestId]) || { kind: 'not-found', nearest: [] }),
    });
  });
  afterAll(() => served?.stop());

  const requestPage = async (id: string, options: Parameters<typeof openPage>[2] = DESKTOP) => {
    const opened = await openPage(browser(), served.url, options);
    await goTo(opened.page, `#/request?id=${id}`);
    const rows = opened.page.locator('.waterfall li');
    await rows.first().waitFor();
    return { ...opened, rows };
  };

  test('each row tells what was called, when, for how long and whether it failed, without its bar', async () => {
    const { rows, close } = await requestPage('booking');

    expect(await rows.allTextContents()).toEqual([
      'level 1: init, began at −413 ms, took 413 ms',
      'level 1: handler, began at +0 ms, took 1 s',
      'level 2: own code and the rest, began at +0 ms, took 276 ms',
      'level 1: shop-api: prod/shop, began at −20 ms, took 1.03 s',
      'level 2: shop-booking, began at +0 ms, took 980 ms',
      'level 3: 12 × aurora: payments, began at +40 ms, took 240 ms',
      'level 3: card-provider.example: POST /authorisations ✗ failed, began at +360 ms, took 420 msServiceUnavailable: the provider is closed for maintenance (status 503)',
      'level 4: TLS handshake, began at +362 ms, took 38 ms',
      'level 3: DynamoDB: PutItem, began at +800 ms, took 64 ms',
      'level 3: written by a clock that is far ahead, began at +11.7 min, took 30 ms',
    ]);
    await close();
  });

  test('calls of one kind are shown one by one, by keys, and put together again', async () => {
    const { page, rows, close } = await requestPage('booking');
    const folded = await rows.count();
    const repeated = page.getByRole('button', { name: '12 × aurora: payments' });

    await repeated.press('Enter');
    await page.locator('.waterfall li', { hasText: '+315 ms' }).waitFor();
    expect([await rows.count(), await repeated.getAttribute('aria-expanded')]).toEqual([folded + LOOKUPS, 'true']);

    await repeated.press('Enter');
    await page.locator('.waterfall li', { hasText: '+315 ms' }).waitFor({ state: 'detached' });
    expect([await rows.count(), await repeated.getAttribute('aria-expanded')]).toEqual([folded, 'false']);
    await close();
  });

  test('of thousands of spans those that took longest are there first, and more when asked for', async () => {
    const { page, rows, close } = await requestPage('many');
    expect(await rows.count()).toBe(50);
    expect(await rows.last().textContent()).toContain('began at +11.5 ms, took 29.5 ms');

    await page.getByRole('button', { name: 'Show 200 more' }).click();

    await page.getByText('The 250 rows that took longest').waitFor();
    expect(await rows.count()).toBe(250);
    await close();
  });

  test('a request that was tried again has one for each attempt that was traced', async () => {
    const { page, close } = await requestPage('retried');

    expect(await page.locator('main h3').allTextContents()).toEqual(['Attempt 1', 'Attempt 3']);
    await close();
  });

  test.each([
    ['phone, dark', PHONE],
    ['phone, light', { ...PHONE, colorScheme: 'light' }],
    ['desktop, light', DESKTOP],
    ['desktop, dark', { ...DESKTOP, colorScheme: 'dark' }],
  ] as const)('on a %s axe finds nothing serious, and nothing is wider than the screen', async (name, options) => {
    const { page, faults, close } = await requestPage('booking', options);

    expect(await seriousViolations(page)).toEqual([]);
    expect(await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    expect(faults).toEqual([]);
    await look(page, `waterfall-${name.replace(', ', '-')}`);
    await close();
  });
});
