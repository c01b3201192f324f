import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseScenario, reportOf, type Scenario, Twin } from '../../packages/simulator/src/index.ts';
import { REPOSITORY } from '../workspace-services.ts';
import type { BenchmarkOptions, BenchmarkReport } from './benchmark.ts';
import { median } from './median.ts';
import { renderFigures } from './render-figures.ts';

const LIMIT_SECONDS = 5;
const RUNS = 3;
const SCENARIOS = ['black-friday', 'million-a-minute', 'quiet-day'] as const;

/**
 * How long the twin takes for Black Friday (6 h 35 min, up to 100,000 requests a second), for 0 to 1,000,000 requests a minute, and for a day of
 * 16,000 requests one by one: median of three runs, everything included. Seconds are processor time,
 * so that neighbours on the machine do not count; what the clock on the wall says is beside them. `--data` names a folder with scenarios of these names.
 */
export async function run({ data }: BenchmarkOptions): Promise<BenchmarkReport> {
  const folder = data ?? join(REPOSITORY, 'samples', 'scenarios');
  const scenarios = [];
  for (const name of SCENARIOS) {
    const scenario = parseScenario(await readScenario(join(folder, `${name}.yml`)));
    const runs = Array.from({ length: RUNS }, () => timed(scenario));
    const [seconds, wallSeconds] = [
      median(runs.map((each) => each.seconds)),
      median(runs.map((each) => each.wallSeconds)),
    ];
    scenarios.push({ scenario: name, seconds, limit: LIMIT_SECONDS, wallSeconds, ...runs[0]!.figures });
  }
  const figures = { seconds: scenarios[0]!.seconds, secondsLimit: LIMIT_SECONDS, scenarios };
  const isWithinLimits = scenarios.every(({ seconds }) => seconds < LIMIT_SECONDS);
  return { figures, text: renderFigures(figures), isWithinLimits };
}

function timed(scenario: Scenario) {
  const started = performance.now();
  const processor = process.cpuUsage();
  const twin = new Twin(scenario);
  const windows = twin.advanceTo(twin.endsAt);
  const { user, system } = process.cpuUsage(processor);
  const seconds = (user + system) / 1e6;
  const wallSeconds = (performance.now() - started) / 1000;
  const report = reportOf(twin);
  const requests = report.functions.reduce((sum, each) => sum + each.requests, 0);
  return {
    seconds,
    wallSeconds,
    figures: { requests, windows: windows.length, usd: report.costUsd },
  };
}

async function readScenario(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => {
    throw new RangeError(`There is no scenario ${path}.`);
  });
}
