import type { SystemLogLevel } from '../functions/function-configuration.ts';
import type { InvocationReport, PlatformLog, Tracing } from './platform-log.ts';

const LEVELS: readonly SystemLogLevel[] = ['DEBUG', 'INFO', 'WARN'];

/**
 * The JSON format: one `platform.*` event per record. Which level writes which event is AWS's own mapping,
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html; member order as in real log groups.
 */
export function jsonPlatformLog(systemLogLevel: SystemLogLevel): PlatformLog {
  const event = (level: SystemLogLevel, time: string, type: string, record: object): string[] =>
    LEVELS.indexOf(level) >= LEVELS.indexOf(systemLogLevel)
      ? [JSON.stringify({ time, type: `platform.${type}`, record })]
      : [];
  return {
    initStart: (at, start) =>
      event('INFO', at, 'initStart', {
        initializationType: start.initializationType ?? 'on-demand',
        phase: 'init',
        runtimeVersion: start.runtimeVersion,
        runtimeVersionArn: start.runtimeVersionArn,
        functionName: start.functionName,
        functionVersion: start.functionVersion,
        instanceId: start.instanceId,
        instanceMaxMemory: start.memorySizeMb * 1_048_576,
      }),
    initReport(at, { initializationType = 'on-demand', phase, status, durationMs, errorType }) {
      const level = status === 'success' ? 'DEBUG' : 'WARN';
      const head = { initializationType, phase, status, ...(errorType ? { errorType } : {}) };
      return [
        ...event(level, at, 'initRuntimeDone', head),
        ...event(level, at, 'initReport', { ...head, metrics: { durationMs: round(durationMs) } }),
      ];
    },
    start: (at, { requestId, functionArn, version, tracing }) =>
      event('INFO', at, 'start', { requestId, functionArn, version, ...tracingMember(tracing) }),
    end: (at, report) => [
      ...event(report.status === 'success' ? 'DEBUG' : 'WARN', at, 'runtimeDone', {
        requestId: report.requestId,
        status: report.status,
        ...errorTypeMember(report),
        metrics: { durationMs: round(report.durationMs), producedBytes: report.producedBytes },
        ...tracingMember(report.tracing),
      }),
      ...event(report.status === 'success' ? 'INFO' : 'WARN', at, 'report', {
        requestId: report.requestId,
        metrics: metrics(report),
        ...tracingMember(report.tracing),
        status: report.status,
        ...errorTypeMember(report),
      }),
    ],
  };
}

const errorTypeMember = ({ errorType }: InvocationReport) => (errorType ? { errorType } : {});

function metrics(report: InvocationReport): object {
  const { initDurationMs } = report;
  return {
    durationMs: round(report.durationMs),
    billedDurationMs: report.billedDurationMs,
    memorySizeMB: report.memorySizeMb,
    maxMemoryUsedMB: report.maxMemoryUsedMb,
    ...(initDurationMs === undefined ? {} : { initDurationMs: round(initDurationMs) }),
  };
}

const tracingMember = ({ isSampled, segmentId, header }: Tracing) =>
  isSampled ? { tracing: { spanId: segmentId, type: 'X-Amzn-Trace-Id', value: header } } : {};

const round = (milliseconds: number): number => Math.round(milliseconds * 1_000) / 1_000;
