import { loadavg } from 'node:os';
import type { BenchmarkReport } from './benchmark.ts';
import { startChromium } from './console/chromium.ts';
import { type ConsoleStack, startConsoleStack } from './console/console-stack.ts';
import { firstScriptBytes, firstVisitThreadMs, interactiveAfterMs } from './console/first-load.ts';
import { longLists } from './console/long-lists.ts';
import { scrollThrough } from './console/scrolling.ts';
import { steadyRequests } from './console/steady-requests.ts';
import { writeWatchedMinutes } from './console/watched-hour.ts';
import { renderFigures } from './render-figures.ts';

const EVERY_SERVICE = ['backbone', 'ingestion', 'analysis', 'prediction', 'remediation', 'alerting'];
const WATCHED = ['shop-pay', 'shop-book', 'shop-mail'];
const MINUTES = 30;
const FINDINGS = 10_000;
const FUNCTIONS = 1_000;
const SLOWNESS = 4;
const VISITS = 5;
const PER_SECOND = 50;
const LIMITS = { scriptBytes: 150_000, interactiveMs: 1_000, p99Ms: 200, longestTaskMs: 50 };

/** How soon the page can be used on a slow phone, how long lists scroll, and how fast the API behind it answers. */
export async function run(): Promise<BenchmarkReport> {
  const load = () => Math.round(loadavg()[0]! * 10) / 10;
  const browser = await startChromium();
  try {
    const loadBefore = load();
    const first = await withAllServices(browser);
    const lists = await withLongLists(browser);
    const figures = { ...first, lists, loadBefore, loadAfter: load() };
    const isWithinLimits =
      first.scriptBytes < LIMITS.scriptBytes &&
      first.interactiveMs < LIMITS.interactiveMs &&
      first.api.every(({ p99Ms, failed }) => p99Ms < LIMITS.p99Ms && failed === 0) &&
      lists.every(({ longestTaskMs }) => longestTaskMs < LIMITS.longestTaskMs);
    return { figures, text: renderFigures(figures), isWithinLimits };
  } finally {
    await browser.close();
  }
}

async function withAllServices(browser: Awaited<ReturnType<typeof startChromium>>) {
  const stack = await startConsoleStack(EVERY_SERVICE);
  try {
    const requestId = await writeWatchedMinutes(stack.sandbox, WATCHED, MINUTES);
    const paths = asked(requestId);
    const cold = await steadyRequests(stack.edgeUrl, paths, { perSecond: PER_SECOND, seconds: 20 });
    const warm = await steadyRequests(stack.edgeUrl, paths, { perSecond: PER_SECOND, seconds: 30 });
    return {
      scriptBytes: await firstScriptBytes(stack.edgeUrl),
      ...(await visits(browser, stack)),
      api: [
        { from: 'first request, cold starts included', ...cold },
        { from: 'warm', ...warm },
      ],
    };
  } finally {
    await stack.stop();
  }
}

/** What open pages ask: most of all what is new. */
const asked = (requestId: string): readonly string[] => [
  '/api/now',
  '/api/findings?limit=200',
  '/api/now',
  `/api/function?name=${WATCHED[0]}&hours=1`,
  '/api/now',
  '/api/alerts?limit=100',
  '/api/now',
  '/api/forecasts',
  '/api/now',
  '/api/remediations?limit=100',
  '/api/now',
  `/api/request?id=${requestId}`,
  '/api/now',
  '/api/guardrails',
];

/** The middle and the slowest of some first visits, with a processor that is four times slower; and the middle on a slow network too. What runs on for the visit before has ended: it would share the phone's cores. */
async function visits(browser: Awaited<ReturnType<typeof startChromium>>, { pageUrl, sandbox }: ConsoleStack) {
  const times = async (isSlow4g: boolean): Promise<number[]> => {
    const all: number[] = [];
    for (let visit = 0; visit < VISITS; visit++) {
      await sandbox.idle();
      all.push(await interactiveAfterMs(browser, pageUrl, { slowness: SLOWNESS, isSlow4g }));
    }
    return all.sort((a, b) => a - b);
  };
  const near = await times(false);
  const far = await times(true);
  return {
    interactiveMs: near[VISITS >> 1]!,
    interactiveSlowestMs: near.at(-1)!,
    interactiveOnSlow4gMs: far[VISITS >> 1]!,
    firstVisitThreadMs: await firstVisitThreadMs(browser, pageUrl),
  };
}

async function withLongLists(browser: Awaited<ReturnType<typeof startChromium>>) {
  const stack = await startConsoleStack([], longLists(FINDINGS, FUNCTIONS));
  try {
    const lists = [];
    for (const [list, rows] of [
      ['findings', FINDINGS],
      ['functions', FUNCTIONS],
    ] as const) {
      for (const slowness of [1, SLOWNESS]) {
        const scrolled = await scrollThrough(browser, `${stack.pageUrl}#/${list}`, { rows, slowness });
        lists.push({ list, slowness, ...scrolled });
      }
    }
    return lists;
  } finally {
    await stack.stop();
  }
}
