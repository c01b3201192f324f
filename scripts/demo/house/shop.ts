import { setTimeout as wait } from 'node:timers/promises';
import { type ActionShares, startAction } from '../../traffic/actions.ts';
import { KnownBookings } from '../../traffic/known-bookings.ts';
import { connectSandboxTarget } from '../../traffic/sandbox-target.ts';
import { seededRandom } from '../../traffic/seeded-random.ts';
import type { House } from './house.ts';

/** What guests do: they look, they book, they change their minds. */
const GUESTS: ActionShares = { lookup: 40, book: 40, revalidate: 10, modify: 10 };
const MINUTE_MS = 60_000;
/** So many guests at once: more would measure this machine's cores, not the application. */
const GUESTS_AT_ONCE = 2;
const FIRST_FAILURE = 500;
const TICK_MS = 100;

export interface MinuteOfTraffic {
  readonly requests: number;
  /** Answers of 500 and more, and none at all. */
  readonly failed: number;
  /** What the failed ones got, each once: `502`, `no answer`. */
  readonly failedWith: readonly string[];
  /** Real time of the answers, ascending, milliseconds. */
  readonly latenciesMs: readonly number[];
}

/** The reservation application as its guests use it: real requests through the API's real address into real handlers. */
export async function openShop(
  house: House,
  { seed, onStep }: { readonly seed: number; readonly onStep: (step: string) => void },
) {
  const { sandbox, clock } = house;
  const target = await connectSandboxTarget(sandbox, { onStep });
  const stop = new AbortController();
  const context = {
    target,
    known: new KnownBookings(),
    random: seededRandom(seed),
    runId: `demo-${seed}`,
    now: () => clock.now(),
    signal: stop.signal,
  };
  return {
    /** A guest who comes while everything is at rest, and waits for functions that start and a database that wakes, which takes its time by the clock. */
    async firstGuest(): Promise<MinuteOfTraffic> {
      const next = Math.floor(clock.now() / MINUTE_MS) * MINUTE_MS + MINUTE_MS;
      const answer = await withRunningClock(house, oneRequest(context));
      await house.pass(Math.max(0, next - clock.now()));
      return minuteOf([answer]);
    },
    /** A minute of the story with so many requests; the clock stands at the next minute afterwards. */
    async minute(requests: number): Promise<MinuteOfTraffic> {
      const start = Math.floor(clock.now() / MINUTE_MS) * MINUTE_MS;
      const rounds = Math.max(1, Math.ceil(requests / GUESTS_AT_ONCE));
      const answers: Answer[] = [];
      for (let round = 0; round < rounds; round++) {
        const count = Math.min(GUESTS_AT_ONCE, requests - answers.length);
        answers.push(...(await Promise.all(Array.from({ length: count }, () => oneRequest(context)))));
        const next = start + ((round + 1) * MINUTE_MS) / rounds;
        await house.pass(Math.max(0, Math.round(next - clock.now())));
      }
      return minuteOf(answers);
    },
    async close(): Promise<void> {
      stop.abort();
      await target.stop();
    },
  };
}
export type Shop = Awaited<ReturnType<typeof openShop>>;

/** Lets the story's clock go at the speed of life until the work is done. */
async function withRunningClock<T>({ clock }: House, work: Promise<T>): Promise<T> {
  const done = work.then(() => true);
  let before = performance.now();
  while (!(await Promise.race([done, wait(TICK_MS, false)]))) {
    const now = performance.now();
    await clock.advance(Math.round(now - before), { whileBusy: true });
    before = now;
  }
  return work;
}

interface Answer {
  readonly failure: string | undefined;
  readonly ms: number;
}

async function oneRequest(context: Parameters<typeof startAction>[1]): Promise<Answer> {
  const started = performance.now();
  const failure = await startAction(GUESTS, context).done.then(
    ({ status }) => (status >= FIRST_FAILURE ? String(status) : undefined),
    () => 'no answer',
  );
  return { failure, ms: performance.now() - started };
}

function minuteOf(answers: readonly Answer[]): MinuteOfTraffic {
  const failures = answers.map(({ failure }) => failure).filter((failure) => failure !== undefined);
  return {
    requests: answers.length,
    failed: failures.length,
    failedWith: [...new Set(failures)].sort(),
    latenciesMs: answers.map(({ ms }) => ms).sort((a, b) => a - b),
  };
}
