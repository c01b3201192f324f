/** `pnpm traffic --sandbox | --url URL --properties A,B`: bookings, lookups, modifications and cancellations along a rate curve. */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createProgress, processTerminal } from '../packages/cli/src/index.ts';
import { Sandbox } from '../packages/sandbox/src/index.ts';
import { ACTION_SHARES, type ActionShares } from './traffic/actions.ts';
import { parseCurve, parsePerMinute, type RateCurve } from './traffic/rate-curves.ts';
import { progressLine, renderReport } from './traffic/render-traffic.ts';
import { runTraffic, type TrafficReport } from './traffic/run-traffic.ts';
import { startSandboxTarget } from './traffic/sandbox-target.ts';
import type { TrafficTarget } from './traffic/traffic-target.ts';
import { urlTarget } from './traffic/url-target.ts';
import { REPOSITORY } from './workspace-services.ts';

const USAGE = `Usage: pnpm traffic (--sandbox | --url URL --properties CODE[,CODE])
  --curve CURVE      constant:RATE, ramp:FROM-TO, black-friday:PEAK, in requests a second (constant:5)
  --csv FILE         instead of a curve: requests per minute, a line a minute, in the last column
  --seconds N        how long a curve lasts (60)
  --only ACTIONS     some of ${Object.keys(ACTION_SHARES).join(', ')}
  --bookings N       bookings made before, to be looked up (50)
  --seed N           (1)
  --out FILE         the report as JSON
The token for --url is read from TRAFFIC_TOKEN.`;
const EXIT_FAILED = 1;
const EXIT_CANNOT_RUN = 2;

const OPTIONS = {
  sandbox: { type: 'boolean', default: false },
  url: { type: 'string' },
  properties: { type: 'string', default: '' },
  curve: { type: 'string', default: 'constant:5' },
  csv: { type: 'string' },
  seconds: { type: 'string', default: '60' },
  only: { type: 'string' },
  bookings: { type: 'string', default: '50' },
  seed: { type: 'string', default: '1' },
  out: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;
type Values = ReturnType<typeof readOptions>;

const terminal = processTerminal();
const progress = createProgress(terminal);

try {
  const values = readOptions();
  if (values.help) terminal.out(`${USAGE}\n`);
  else await main(values);
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException;
  if (!(error instanceof RangeError) && !/^(ENOENT|EACCES|EISDIR|ERR_PARSE_ARGS\w*)$/.test(code ?? '')) throw error;
  terminal.err(`${message}\n`);
  process.exitCode = EXIT_CANNOT_RUN;
} finally {
  progress.stop();
}

function readOptions() {
  return parseArgs({ options: OPTIONS }).values;
}

async function main(values: Values): Promise<void> {
  const settings = settingsOf(values);
  if (values.sandbox === (values.url !== undefined)) throw new RangeError(USAGE);
  const report = values.sandbox
    ? await inSandbox((target) => run(target, settings))
    : await run(
        urlTarget({
          url: values.url!,
          token: process.env.TRAFFIC_TOKEN ?? '',
          properties: values.properties.split(',').filter(Boolean),
        }),
        settings,
      );
  progress.stop();
  terminal.out(`${renderReport(report)}\n`);
  if (values.out !== undefined) writeFileSync(values.out, `${JSON.stringify(report, null, 2)}\n`);
  if (report.failed > 0) process.exitCode = EXIT_FAILED;
}

interface Settings {
  readonly curve: RateCurve;
  readonly seed: number;
  readonly bookingsBefore: number;
  readonly shares: ActionShares;
}

function settingsOf({ curve, csv, seconds, only, seed, bookings }: Values): Settings {
  return {
    curve:
      csv === undefined
        ? parseCurve(curve, numberOf('--seconds', seconds, 1) * 1_000)
        : parsePerMinute(readFileSync(csv, 'utf8'), csv),
    seed: numberOf('--seed', seed, 0),
    bookingsBefore: numberOf('--bookings', bookings, 0),
    shares: only === undefined ? ACTION_SHARES : sharesOf(only.split(',')),
  };
}

function numberOf(option: string, text: string, least: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least)
    throw new RangeError(`${option} takes a whole number of at least ${least}, not ${text}.`);
  return value;
}

function sharesOf(names: readonly string[]): ActionShares {
  const unknown = names.find((name) => !Object.hasOwn(ACTION_SHARES, name));
  if (unknown !== undefined)
    throw new RangeError(`--only knows no ${unknown}: it takes some of ${Object.keys(ACTION_SHARES).join(', ')}.`);
  return Object.fromEntries(Object.entries(ACTION_SHARES).filter(([name]) => names.includes(name)));
}

async function inSandbox(work: (target: TrafficTarget) => Promise<TrafficReport>): Promise<TrafficReport> {
  const sandbox = await Sandbox.start({ settings: { rds: { resumeMs: 0 } } });
  try {
    await using target = await startSandboxTarget(sandbox, {
      repository: REPOSITORY,
      onStep: (step) => progress.update(step),
    });
    return await work(target);
  } finally {
    await sandbox.stop();
  }
}

/** Ends early, with a report, where somebody interrupts. */
async function run(target: TrafficTarget, settings: Settings): Promise<TrafficReport> {
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  return runTraffic({
    ...settings,
    target,
    signal: stop.signal,
    onProgress: (each) => progress.update(progressLine(each)),
  });
}
