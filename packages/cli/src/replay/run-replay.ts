import { join } from 'node:path';
import { LambdaClient } from '@aws-sdk/client-lambda';
import type { InvocationStory, InvocationSummary } from '@lamplighter/contracts';
import { OffsetClock, Sandbox } from '@lamplighter/sandbox';
import type { AuditSource } from '../audit/source/audit-source.ts';
import { deployedAuditSource } from '../audit/source/deployed-audit-source.ts';
import { storeStories } from '../audit/source/store-stories.ts';
import { type Door, packageStacks, workspaceRoot } from '../stacks/package-stacks.ts';
import { formatCount } from '../terminal/format-value.ts';
import type { Progress } from '../terminal/progress.ts';
import { readReplayInput } from './input/read-replay-input.ts';
import type { Rejection, ReplayInput, ReplaySource } from './input/replay-source.ts';
import { type LogEvidence, readEvidence } from './log-evidence.ts';
import { readBack } from './read-back.ts';
import type { ReplaySummary } from './replay-summary.ts';
import { subscribeSources } from './subscribed-sources.ts';
import { byStart, summarise } from './summarise.ts';
import { watchedPrefixOf } from './watched-prefix.ts';
import { type Disturbance, writeSources } from './write-sources.ts';

/** What is replayed, through which door, and how it is disturbed on its way. */
export interface ReplayOptions {
  /** Absolute paths. */
  readonly files: readonly string[];
  /** A file that is not read, in whichever folder it lies: the audit of an earlier replay. */
  readonly leaveOut?: string;
  readonly logGroupOf: (file: string) => string | undefined;
  readonly door: Door;
  readonly disturbance: Disturbance;
  readonly progress: Progress;
  /** Where the stories are kept for `lamplighter audit`; {@link replayFolder} where absent. */
  readonly folder?: string;
}

/** What a replay came to. */
export interface ReplayOutcome {
  readonly summary: ReplaySummary;
  /** By start, then by request id. */
  readonly invocations: readonly InvocationSummary[];
  readonly rejected: readonly Rejection[];
  readonly notes: readonly string[];
}

/** The stage that `up` deploys too: what one packaged, the other finds in the cache. */
const STAGE = 'dev';
const REGION = 'us-east-1';

/** Where a replay keeps what it found out, for `lamplighter audit`. */
export const replayFolder = (): string => join(workspaceRoot(), '.lamplighter', 'replay');

/**
 * Sends log exports through the pipeline that `sls deploy` would ship, in a sandbox whose time is that of the logs, and reads the audit back
 * through the service's own query function. Throws `InputError` before anything is started where the input cannot be replayed.
 */
export async function runReplay(options: ReplayOptions): Promise<ReplayOutcome> {
  const { progress, door } = options;
  const startedAt = performance.now();
  const input = await readInput(options);
  const readMs = performance.now() - startedAt;
  const settings = { stage: STAGE, region: REGION, door, ...watchedPrefixOf(input.sources) };
  const stacks = await packageStacks(settings, progress);
  const packagedAt = performance.now();
  const clock = new OffsetClock(firstTime(input.sources));
  const sandbox = await Sandbox.start({ clock, region: REGION });
  try {
    for (const { directory, service } of stacks) {
      progress.update(`deploying ${service}`);
      await sandbox.deploy(directory);
    }
    const { sources, refused } = await subscribeSources(sandbox, input.sources);
    await write(sandbox, clock, sources, options);
    progress.update('auditing');
    const evidence = readEvidence(sources);
    const invocations = await collect(sandbox, evidence, options);
    const rejected = [...input.rejected, ...refused];
    const seconds = (readMs + performance.now() - packagedAt) / 1000;
    const summary = summarise({
      evidence,
      invocations,
      rejected,
      repeated: input.repeated,
      door,
      seconds,
    });
    return { summary, invocations, rejected, notes: input.notes };
  } finally {
    await sandbox.stop();
  }
}

function readInput({ files, leaveOut, logGroupOf, progress }: ReplayOptions): Promise<ReplayInput> {
  let characters = 0;
  const onProgress = (more: number): void => {
    characters += more;
    progress.update(`reading logs, ${(characters / 1_000_000).toFixed(1)} MB`);
  };
  return readReplayInput(files, { logGroupOf, onProgress, ...(leaveOut === undefined ? {} : { leaveOut }) });
}

/** The sandbox's time starts with the logs: nothing that they tell has expired yet. */
const firstTime = (sources: readonly ReplaySource[]): number =>
  sources.reduce((first, source) => Math.min(first, source.events[0]?.timestamp ?? first), Number.POSITIVE_INFINITY);

async function write(
  sandbox: Sandbox,
  clock: OffsetClock,
  sources: readonly ReplaySource[],
  { disturbance, progress }: ReplayOptions,
): Promise<void> {
  const total = sources.reduce((sum, source) => sum + source.events.length, 0);
  progress.update(`replaying ${formatCount(total, 'event')}`);
  await writeSources(sandbox, clock, sources, disturbance, (written) => {
    progress.update(`replaying ${written.toLocaleString('en-US')} of ${formatCount(total, 'event')}`);
  });
}

/** Reads the audit back and keeps it; the invocations in their order. */
async function collect(
  sandbox: Sandbox,
  evidence: LogEvidence,
  { progress, folder = replayFolder() }: ReplayOptions,
): Promise<readonly InvocationSummary[]> {
  const client = sandbox.client(LambdaClient);
  const invocations: InvocationSummary[] = [];
  async function* noted(source: AuditSource): AsyncGenerator<InvocationStory> {
    for await (const story of readBack(source, evidence)) {
      invocations.push(story.invocation);
      progress.update(`auditing ${formatCount(invocations.length, 'invocation')}`);
      yield story;
    }
  }
  try {
    const deployment = { client, stage: STAGE, name: 'the sandbox', now: async () => sandbox.clock.now() };
    await storeStories(folder, noted(deployedAuditSource(deployment)));
  } finally {
    client.destroy();
  }
  return invocations.sort(byStart);
}
