import { setTimeout as sleep } from 'node:timers/promises';

export interface Steady {
  readonly requests: number;
  readonly failed: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly slowestMs: number;
  /** Processor time of this process, the sandbox with all of its functions, for a request. */
  readonly processorMs: number;
}

/**
 * Asks `paths` in turn at a steady rate, whether answers come or not. Times run from the moment each was meant to be sent, so that a stall
 * counts for everybody who would have waited in it (coordinated omission: Tene, "How NOT to Measure Latency").
 */
export async function steadyRequests(
  origin: string,
  paths: readonly string[],
  { perSecond, seconds }: { readonly perSecond: number; readonly seconds: number },
): Promise<Steady> {
  const begin = performance.now();
  const before = process.cpuUsage();
  const answers: Promise<{ readonly ms: number; readonly isOk: boolean }>[] = [];
  for (let at = 0; at < perSecond * seconds; at++) {
    const meant = begin + (at * 1000) / perSecond;
    if (meant > performance.now()) await sleep(meant - performance.now());
    answers.push(timed(`${origin}${paths[at % paths.length]}`, meant));
  }
  const all = await Promise.all(answers);
  const { user, system } = process.cpuUsage(before);
  const times = all.map(({ ms }) => ms).sort((a, b) => a - b);
  const at = (share: number): number =>
    Math.round(times[Math.min(times.length - 1, Math.floor(share * times.length))]!);
  const failed = all.filter(({ isOk }) => !isOk).length;
  return {
    requests: all.length,
    failed,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    slowestMs: at(1),
    processorMs: Math.round((user + system) / 1_000 / all.length),
  };
}

async function timed(url: string, meant: number) {
  const isOk = await fetch(url).then(
    async (response) => {
      await response.arrayBuffer();
      return response.ok;
    },
    () => false,
  );
  return { ms: performance.now() - meant, isOk };
}
