import { loadavg } from 'node:os';
import { join } from 'node:path';
import { OffsetClock, Sandbox } from '../../packages/sandbox/src/index.ts';
import { packageServices } from '../../packages/sandbox/src/packaging/index.ts';
import { minuteOfLogs } from '../../packages/sandbox/src/testing/minute-of-logs.ts';
import { REPOSITORY } from '../workspace-services.ts';
import type { BenchmarkReport } from './benchmark.ts';
import { hearFindings } from './faults/heard-findings.ts';
import { renderFigures } from './render-figures.ts';

/** `LAMPLIGHTER_BENCH_GRACE` is ingestion's windowGraceSeconds: how long a minute's late lines are waited for. */
const GRACE_SECONDS = Number(process.env.LAMPLIGHTER_BENCH_GRACE ?? 1);
const START_MS = Date.UTC(2026, 0, 15, 12);
const MINUTE_MS = 60_000;
const FUNCTIONS = 4;
const ROUNDS = Number(process.env.LAMPLIGHTER_BENCH_ROUNDS ?? 30);
const STREAM = '2026/01/15/[$LATEST]0123456789abcdef0123456789abcdef';
const PATIENCE_MS = 30_000;
const POLL_MS = 20;
const LIMIT_MS = 2_000;

/**
 * From the end of a bad minute to AnomalyDetected on the bus, at real speed: functions that nobody knew fail in half of their calls, their lines are delivered, their window
 * closes by itself, and the finding is told. The clock jumps to the last second of each minute and then runs as the machine's does, so that all waiting and working counts.
 */
export async function run(): Promise<BenchmarkReport> {
  const clock = new OffsetClock(START_MS);
  const sandbox = await Sandbox.start({ clock });
  try {
    const params = { ingestion: { windowGraceSeconds: String(GRACE_SECONDS) } };
    for (const name of ['backbone', 'ingestion', 'analysis'] as const) {
      const own = name === 'ingestion' ? { params: params.ingestion } : {};
      const serviceDir = join(REPOSITORY, 'services', name);
      const [packaged] = await packageServices([{ stage: 'dev', region: 'us-east-1', serviceDir, ...own }]);
      await sandbox.deploy(packaged!.directory);
    }
    const hear = await hearFindings(sandbox);
    const latencies: number[] = [];
    // The first round starts the environments.
    for (let round = 0; round <= ROUNDS; round++) {
      const told = await oneRound(sandbox, clock, hear, round);
      if (round > 0) latencies.push(...told);
      console.error(`round ${round}: ${told.map((ms) => Math.round(ms)).join(', ')} ms`);
    }
    return report(latencies);
  } finally {
    await sandbox.stop();
  }
}

async function oneRound(
  sandbox: Sandbox,
  clock: OffsetClock,
  hear: Awaited<ReturnType<typeof hearFindings>>,
  round: number,
): Promise<number[]> {
  const names = Array.from({ length: FUNCTIONS }, (_, at) => `hotel-${round}-${at}`);
  for (const name of names) sandbox.peers.logs.ensureLogGroup(`/aws/lambda/${name}`);
  await sandbox.idle();
  const start = (Math.floor(clock.now() / MINUTE_MS) + 1) * MINUTE_MS;
  await clock.advance(start - clock.now());
  for (const name of names) {
    const lines = minuteOfLogs(name, { start, calls: 30, failures: 15 });
    await sandbox.peers.logs.write(`/aws/lambda/${name}`, STREAM, lines);
  }
  await sandbox.idle();
  const end = start + MINUTE_MS;
  if (clock.now() < end - 1_000) await clock.advance(end - 1_000 - clock.now());
  const told = new Map<string, number>();
  while (told.size < names.length && clock.now() < end + PATIENCE_MS) {
    for (const { finding, heardAt } of await hear()) told.set(finding.resource.name, heardAt - end);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  return names.map((name) => told.get(name) ?? Number.POSITIVE_INFINITY);
}

function report(latencies: readonly number[]): BenchmarkReport {
  const sorted = latencies.toSorted((a, b) => a - b);
  const quantile = (share: number) => Math.round(sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN);
  const figures = {
    graceSeconds: GRACE_SECONDS,
    findings: sorted.filter(Number.isFinite).length,
    missed: sorted.filter((ms) => !Number.isFinite(ms)).length,
    medianMs: quantile(0.5),
    p90Ms: quantile(0.9),
    p99Ms: quantile(0.99),
    limitMs: LIMIT_MS,
    loadOfTheMachine: Math.round((loadavg()[0] ?? 0) * 10) / 10,
  };
  return { figures, text: renderFigures(figures), isWithinLimits: figures.missed === 0 && figures.p99Ms < LIMIT_MS };
}
