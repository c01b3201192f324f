import { createHash, randomUUID } from 'node:crypto';
import type { ServiceContext } from '../../../core/service.ts';
import type { FunctionConfiguration } from '../functions/function-configuration.ts';
import { INIT_TIMEOUT_MS } from '../lambda-limits.ts';
import { type LogStream, openLogStream } from '../platform-log/log-stream.ts';
import {
  type InitializationType,
  type InitReport,
  type PlatformLog,
  platformLog,
} from '../platform-log/platform-log.ts';
import { describeCrash } from './crash-reason.ts';
import { environmentVariables } from './environment-variables.ts';
import { type ExecutionEnvironment, type InitOutcome, startEnvironment } from './execution-environment.ts';

/** One execution environment of a function as the platform sees it: a worker with a log stream, credentials and a clock. */
export interface FunctionEnvironment {
  readonly configuration: FunctionConfiguration;
  readonly accessKeyId: string;
  readonly log: LogStream;
  readonly platform: PlatformLog;
  /** The worker in charge; another one after a failed init. */
  readonly worker: () => ExecutionEnvironment;
  /** Epoch milliseconds on the sandbox's clock; never before a line that this environment has written. */
  readonly now: () => number;
  /** Takes the sandbox's time anew; between two invocations it may have moved by years. */
  resumeClock(): void;
  /** Starts the worker; `phase` is `invoke` for the second try that is part of an invocation. */
  init(phase: 'init' | 'invoke', timeoutMs: number): Promise<InitOutcome>;
  stop(): Promise<void>;
}

export interface FunctionEnvironmentOptions {
  readonly context: ServiceContext;
  readonly configuration: FunctionConfiguration;
  readonly entry: string;
  /** `on-demand` where absent. */
  readonly initializationType?: InitializationType;
}

export function createFunctionEnvironment(options: FunctionEnvironmentOptions): FunctionEnvironment {
  const { context, configuration, entry, initializationType = 'on-demand' } = options;
  const { functionName, version, roleArn, logging, memorySizeMb } = configuration;
  const name = logStreamName(context.clock.now(), version);
  const log = openLogStream({ context, logGroup: logging.logGroup, name, roleArn });
  const platform = platformLog(logging);
  const credentials = context.peers.iam.issueCredentials(roleArn, functionName);
  const clock = steadyClock(context);
  const start = () =>
    startEnvironment({
      entry,
      handler: configuration.handler,
      taskRoot: configuration.code.directory,
      variables: environmentVariables({
        configuration,
        credentials,
        region: context.region,
        endpoint: context.endpoint(),
        logStream: name,
        initializationType,
        // Where no daemon listens, what is sent to it is lost, as anywhere without one.
        daemonAddress: 'xray' in context.peers ? context.peers.xray.daemonAddress() : '127.0.0.1:2000',
      }),
      memorySizeMb,
      logging: { format: logging.logFormat, level: logging.applicationLogLevel },
      allowsCallback: nodeMajor(configuration.runtime) < 24,
      clockOffsetMs: clock.offset,
      onLog: (timestamp, text) => log.append(clock.note(timestamp), [text]),
    });
  let worker: ExecutionEnvironment | undefined;
  return {
    configuration,
    accessKeyId: credentials.accessKeyId,
    log,
    platform,
    now: clock.now,
    resumeClock: clock.resume,
    worker: () => worker as ExecutionEnvironment,
    async init(phase, timeoutMs) {
      if (phase === 'init') {
        const record = {
          initializationType,
          functionName,
          functionVersion: version,
          memorySizeMb,
          ...runtimeVersion(configuration, context.region),
        };
        const instanceId = name.replace('/[', `/${functionName}[`);
        const startedAt = clock.now();
        log.append(startedAt, platform.initStart(new Date(startedAt).toISOString(), { ...record, instanceId }));
      }
      worker = start();
      const outcome = await worker.init(timeoutMs);
      const endedAt = clock.now();
      const phaseTimeoutMs = phase === 'init' ? INIT_TIMEOUT_MS : timeoutMs;
      log.append(
        endedAt,
        platform.initReport(new Date(endedAt).toISOString(), {
          initializationType,
          ...initReport(outcome, phase, phaseTimeoutMs),
        }),
      );
      return outcome;
    },
    async stop() {
      context.peers.iam.revoke(credentials.accessKeyId);
      await worker?.stop();
      await log.flush();
    },
  };
}

/** The sandbox's clock at real speed: a virtual clock stands still while a function runs, but log lines must stay in order. */
function steadyClock({ clock }: ServiceContext) {
  let latest = 0;
  let offset = 0;
  const note = (timestamp: number): number => {
    latest = Math.max(latest, timestamp);
    return timestamp;
  };
  return {
    note,
    now: () => note(Math.floor(Date.now() + offset)),
    /** Milliseconds from the machine's time. */
    offset: () => offset,
    resume() {
      offset = Math.max(clock.now(), latest) - Date.now();
    },
  };
}

function initReport(
  outcome: InitOutcome,
  phase: 'init' | 'invoke',
  timeoutMs: number,
): Omit<InitReport, 'initializationType'> {
  const durationMs = outcome.kind === 'timeout' ? timeoutMs : outcome.durationMs;
  if (outcome.kind === 'ready') return { phase, durationMs, status: 'success' };
  if (outcome.kind === 'timeout') return { phase, durationMs, status: 'timeout' };
  return { phase, durationMs, status: 'error', errorType: initErrorType(outcome) };
}

/** Error type of an init that did not end well; the runtime's own types keep their name, a thrown error is `Runtime.Unknown`. */
export function initErrorType(outcome: InitOutcome): string {
  if (outcome.kind === 'crash') return describeCrash(outcome.reason).errorType;
  if (outcome.kind !== 'error') return 'Sandbox.Timedout';
  return outcome.error.errorType.startsWith('Runtime.') ? outcome.error.errorType : 'Runtime.Unknown';
}

function logStreamName(now: number, version: string): string {
  const day = new Date(now).toISOString().slice(0, 10).replaceAll('-', '/');
  return `${day}/[${version}]${randomUUID().replaceAll('-', '')}`;
}

export const nodeMajor = (runtime: string): number => Number(/^nodejs(\d+)\.x$/.exec(runtime)?.[1] ?? Number.NaN);

/** Form of a real runtime version; number and hash are the sandbox's own. */
function runtimeVersion({ runtime }: FunctionConfiguration, region: string) {
  const version = `nodejs:${nodeMajor(runtime)}.v1`;
  const hash = createHash('sha256').update(version).digest('hex');
  return { runtimeVersion: version, runtimeVersionArn: `arn:aws:lambda:${region}::runtime:${hash}` };
}
