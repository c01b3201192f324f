import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { type FunctionWindow, WindowsClosed } from '../../../../packages/contracts/src/index.ts';
import { startTestSandbox } from '../../../../packages/sandbox/src/index.ts';
import { packageServices } from '../../../../packages/sandbox/src/packaging/index.ts';
import { minuteOfLogs } from '../../../../packages/sandbox/src/testing/minute-of-logs.ts';
import { REPOSITORY } from '../../../workspace-services.ts';
import { type Metered, meterTables } from './table-meter.ts';

const MINUTE_MS = 60_000;
const START_MS = Date.UTC(2026, 0, 15, 4);
const OWNER = { accountId: '123456789012', region: 'us-east-1' };
const FUNCTION = 'hotel-pay';
const GROUP = `/aws/lambda/${FUNCTION}`;
const STREAM = '2026/01/15/[$LATEST]0123456789abcdef0123456789abcdef';
/** So long that states have nearly what they have after days: minutes of four hours, forecasts of two that wait for their truth. */
const WARM_MINUTES = 300;
const MINUTES_PER_EVENT = 5;
const RECORDED = 'services/analysis/test/fixtures/cold-start-storm.ndjson.gz';

export interface BusyMinutes extends Metered {
  readonly minutes: number;
  readonly calls: number;
}

/** What the tables are charged for minutes of one function that is called in each of them: by its logs, through the packaged stacks, after hours of recorded windows. */
export async function meterBusyMinutes(minutes: number, callsPerMinute: number): Promise<BusyMinutes> {
  const { sandbox, clock, stop } = await startTestSandbox({ startMs: START_MS });
  const settle = async (ms: number): Promise<void> => {
    await sandbox.idle();
    await clock.advance(ms);
    await sandbox.idle();
  };
  /** Gives how many calls there were. */
  const live = async (minute: number): Promise<number> => {
    const calls = Math.round(callsPerMinute * variation(minute));
    const start = Math.floor(clock.now() / MINUTE_MS) * MINUTE_MS;
    const lines = minuteOfLogs(FUNCTION, { start, calls, durationMs: 200 * variation(minute + 7) });
    await sandbox.peers.logs.write(GROUP, STREAM, lines);
    await settle(MINUTE_MS);
    return calls;
  };
  try {
    for (const directory of await packagedDirectories()) await sandbox.deploy(directory);
    const bus = sandbox.client(EventBridgeClient);
    const recorded = await recordedMinutes();
    for (let minute = 0; minute < WARM_MINUTES; minute += MINUTES_PER_EVENT) {
      await settle(MINUTES_PER_EVENT * MINUTE_MS);
      const entry = { ...warmEvent(recorded, minute), EventBusName: 'lamplighter-dev' };
      await bus.send(new PutEventsCommand({ Entries: [entry] }));
    }
    sandbox.peers.logs.ensureLogGroup(GROUP);
    await settle(MINUTE_MS);
    for (let minute = 0; minute < MINUTES_PER_EVENT; minute++) await live(minute);
    const metered = meterTables(sandbox);
    let calls = 0;
    for (let minute = 0; minute < minutes; minute++) calls += await live(MINUTES_PER_EVENT + minute);
    return { minutes, calls, ...(await metered()) };
  } finally {
    await stop();
  }
}

async function packagedDirectories(): Promise<string[]> {
  const requests = ['backbone', 'ingestion', 'analysis', 'prediction'].map((name) => ({
    serviceDir: join(REPOSITORY, 'services', name),
    stage: 'dev',
    region: OWNER.region,
    ...(name === 'ingestion' && { params: { door: 'direct' } }),
  }));
  return (await packageServices(requests)).map(({ directory }) => directory);
}

/** Half an hour of windows of a function in health, as ingestion closed them. */
async function recordedMinutes(): Promise<readonly FunctionWindow[]> {
  const lines = gunzipSync(await readFile(join(REPOSITORY, RECORDED)))
    .toString()
    .trim()
    .split('\n');
  const events = lines.map((line) => JSON.parse(line).event);
  const told = events
    .filter((event) => event?.['detail-type'] === WindowsClosed.detailType)
    .map(({ detail }) => WindowsClosed.parse(detail).data);
  const windows = told
    .filter(({ functionName }) => functionName === told[0]?.functionName)
    .flatMap((one) => one.windows);
  return windows
    .map(({ figures }) => figures)
    .filter(({ invocations }) => invocations > 0)
    .slice(5, 35);
}

function warmEvent(recorded: readonly FunctionWindow[], from: number) {
  const windows = Array.from({ length: MINUTES_PER_EVENT }, (_, at) => ({
    revision: 0,
    figures: varied(recorded[(from + at) % recorded.length]!, from + at),
  }));
  return WindowsClosed.entry({ ...OWNER, functionName: FUNCTION, windows }, `${FUNCTION}/${from}`);
}

/** A recorded minute at another time: no two are alike, as none are in earnest, and none packs as well as a copy. */
function varied(figures: FunctionWindow, minute: number): FunctionWindow {
  const factor = variation(minute);
  const scaled = ({ sum, max }: FunctionWindow['durationMs']) => ({
    sum: sum * factor,
    max: max * variation(minute + 3),
  });
  return {
    ...figures,
    functionName: FUNCTION,
    start: START_MS + minute * MINUTE_MS,
    invocations: Math.round(figures.invocations * factor),
    durationMs: scaled(figures.durationMs),
    initDurationMs: scaled(figures.initDurationMs),
    costUsd: figures.costUsd * factor,
  };
}

/** Between 0.6 and 1.4, and never quite the same again. */
const variation = (minute: number): number => 1 + 0.25 * Math.sin(minute / 57) + 0.15 * Math.sin(minute * minute);
