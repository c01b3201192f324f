import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { arrivals } from './arrivals.ts';
import { generateBooking } from './bookings.ts';
import { Latencies } from './latencies.ts';
import { otaMessage } from './ota-messages.ts';
import { blackFridayRate, constantRate, parseCurve, parsePerMinute, rampRate } from './rate-curves.ts';
import { progressLine } from './render-traffic.ts';
import { runTraffic } from './run-traffic.ts';
import { seededRandom } from './seeded-random.ts';
import { urlTarget } from './url-target.ts';

describe('a curve', () => {
  test.each([
    ['constant', constantRate(40, 60_000), 2_400],
    ['ramp', rampRate(0, 80, 60_000), 2_400],
    ['sale', blackFridayRate(100, 60_000), 2_900],
    ['series', parsePerMinute('minute,requests\n1,600\n2,1800\n', 'x.csv'), 2_400],
  ])('(%s) is followed: as many requests as its area says, within four standard deviations', (_, curve, meant) => {
    const made = [...arrivals(curve, seededRandom(3))];
    const area = Array.from({ length: curve.durationMs / 10 }, (_step, index) => curve.at(index * 10) / 100).reduce(
      (a, b) => a + b,
      0,
    );

    expect(area).toBeGreaterThan(meant * 0.95);
    expect(area).toBeLessThan(meant * 1.05);
    expect(Math.abs(made.length - area)).toBeLessThan(4 * Math.sqrt(area));
    expect(made).toEqual([...made].sort((a, b) => a - b));
    expect(made.at(-1)).toBeLessThan(curve.durationMs);
  });

  test('depends on its seed alone', () => {
    const curve = constantRate(50, 5_000);
    expect([...arrivals(curve, seededRandom(1))]).toEqual([...arrivals(curve, seededRandom(1))]);
    expect([...arrivals(curve, seededRandom(1))]).not.toEqual([...arrivals(curve, seededRandom(2))]);
  });

  test.each(['constant', 'constant:-1', 'ramp:5', 'constant:5-6', 'black-friday:1e9', 'constant:20000'])(
    '%s is none',
    (text) => {
      expect(() => parseCurve(text, 1_000)).toThrow(RangeError);
    },
  );

  test('of a CSV names the line that holds no number', () => {
    expect(() => parsePerMinute('at,requests\n1,5\n2,many\n', 'x.csv')).toThrow('x.csv, line 3');
    expect(() => parsePerMinute('', 'x.csv')).toThrow(RangeError);
  });
});

test('quantiles are within three digits of those of all values', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0.01, max: 60_000, noNaN: true }), { minLength: 1, maxLength: 500 }),
      (values) => {
        const latencies = new Latencies();
        for (const value of values) latencies.record('any', value);
        const sorted = [...values].sort((a, b) => a - b);
        const { p50Ms, maxMs, count } = latencies.total();
        const exact = sorted[Math.ceil(sorted.length / 2) - 1]!;
        expect(count).toBe(values.length);
        expect(Math.abs(p50Ms - exact)).toBeLessThanOrEqual(exact * 0.002 + 0.02);
        expect(Math.abs(maxMs - sorted.at(-1)!)).toBeLessThanOrEqual(sorted.at(-1)! * 0.002 + 0.02);
      },
    ),
  );
});

test('messages of channels are well-formed, and say what the booking says', () => {
  const booking = generateBooking(seededRandom(5), { properties: ['P1'], nowMs: Date.UTC(2027, 0, 1) });
  const xml = otaMessage({ kind: 'create', confirmation: 'CH1', booking, atMs: Date.UTC(2027, 0, 1), sequence: 1 });

  expect(xml).toContain(`<Email>${booking.guest.email}</Email>`);
  expect(xml).toContain('ID="CH1"');
  expect([...xml.matchAll(/<(\w[\w:]*)[^>]*[^/]>/g)].length).toBe([...xml.matchAll(/<\/[\w:]+>/g)].length);
});

describe('a run', () => {
  const servers: Server[] = [];
  afterEach(async () => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });
  const serve = async (listener: RequestListener) => {
    const server = createServer(listener);
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return urlTarget({ url, token: 'token', properties: ['P1'] });
  };

  test('charges a server that stalls with everybody who waited, not with one of them', async () => {
    const STALL_MS = 400;
    let openAt: number | undefined;
    const target = await serve((_, response) => {
      openAt ??= performance.now() + STALL_MS;
      setTimeout(() => response.end('{}'), Math.max(0, openAt - performance.now()));
    });

    const report = await runTraffic({ target, curve: constantRate(100, 800), seed: 1, shares: { arrivals: 1 } });

    const { p50Ms, maxMs, count } = report.latencies.total;
    // Half of the requests met the stall: who came after t of it waited for the rest. A closed loop would have told of one.
    expect(count).toBe(report.sent);
    expect(maxMs).toBeGreaterThan(STALL_MS * 0.8);
    expect(report.mostInFlight).toBeGreaterThan(15);
    expect(p50Ms).toBeLessThan(maxMs);
  });

  test('books first, then looks up what it booked, with what it was told', async () => {
    const asked: string[] = [];
    const target = await serve((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      const isBooking = request.method === 'POST';
      response.statusCode = isBooking ? 201 : 200;
      response.setHeader('etag', '"1"').end(JSON.stringify({ confirmation: 'L1' }));
    });

    const report = await runTraffic({
      target,
      curve: constantRate(100, 300),
      seed: 1,
      bookingsBefore: 2,
      shares: { lookup: 1 },
    });

    expect(asked.slice(0, 2)).toEqual(['POST /mobile/v1/itineraries', 'POST /mobile/v1/itineraries']);
    expect(new Set(asked.slice(2))).toEqual(new Set(['GET /mobile/v1/itineraries/L1']));
    expect(report).toMatchObject({ statuses: { 200: asked.length - 2 }, failed: 0, wasStopped: false });
  });

  test('ends where it is told to, with a report of what was sent', async () => {
    const target = await serve((_, response) => response.end('{}'));
    const stop = new AbortController();

    const running = runTraffic({
      target,
      curve: constantRate(200, 60_000),
      seed: 1,
      shares: { arrivals: 1 },
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });

    expect(await running).toMatchObject({ wasStopped: true });
  });

  test('counts failures and answers that never came', async () => {
    let requests = 0;
    const target = await serve((request, response) => {
      requests += 1;
      if (requests % 2 === 0) request.socket.destroy();
      else response.writeHead(503).end();
    });

    const report = await runTraffic({ target, curve: constantRate(100, 300), seed: 1, shares: { arrivals: 1 } });

    expect(report.failed).toBe(report.sent);
    expect(Object.keys(report.statuses).sort()).toEqual(['503', 'none']);
  });
});

test.each(['ftp://x', 'http://example.com', 'nothing'])('%s is no target', (url) => {
  expect(() => urlTarget({ url, token: 't', properties: ['P1'] })).toThrow(RangeError);
});

test('a line of a run under way tells latencies once there are any', () => {
  const progress = {
    elapsedMs: 15_000,
    durationMs: 120_000,
    sent: 755,
    answered: 754,
    inFlight: 1,
    perSecond: 50.2,
    meantPerSecond: 50,
    failed: 0,
    p50Ms: 8.2,
    p99Ms: 140,
  };

  expect(progressLine(progress)).toBe(
    'Traffic 15/120 s  50 answers/s of 50  755 sent  1 under way  p50 8.2 ms  p99 140 ms',
  );
  expect(progressLine({ ...progress, answered: 0, failed: 2 })).toMatch(/1 under way {2}no answer yet {2}2 failed$/);
});
