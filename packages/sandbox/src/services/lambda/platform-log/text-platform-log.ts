import type { InvocationReport, PlatformLog, Tracing } from './platform-log.ts';

/**
 * The plain-text format, byte for byte as exported log groups show it: tab separators, a tab before REPORT's newline, and the
 * XRAY line as part of the same record. `Status` and `Error Type` appear only where the platform ended the invocation.
 */
export const textPlatformLog: PlatformLog = {
  initStart: (_at, { runtimeVersion, runtimeVersionArn }) => [
    `INIT_START Runtime Version: ${runtimeVersion}\tRuntime Version ARN: ${runtimeVersionArn}\n`,
  ],
  initReport(_at, { status, durationMs, phase, errorType }) {
    if (status === 'success') return [];
    const type = errorType ? `\tError Type: ${errorType}` : '';
    return [`INIT_REPORT Init Duration: ${durationMs.toFixed(2)} ms\tPhase: ${phase}\tStatus: ${status}${type}\n`];
  },
  start: (_at, { requestId, version }) => [`START RequestId: ${requestId} Version: ${version}\n`],
  end: (at, report) => [
    ...failureLines(at, report),
    `END RequestId: ${report.requestId}\n`,
    `${reportFields(report).join('\t')}${report.errorType || report.status === 'timeout' ? '' : '\t'}\n${xrayLine(report.tracing)}`,
  ],
};

function failureLines(at: string, { requestId, status, crash, timeoutSeconds }: InvocationReport): string[] {
  if (status === 'timeout') return [`${at} ${requestId} Task timed out after ${timeoutSeconds.toFixed(2)} seconds\n\n`];
  return crash ? [`RequestId: ${requestId} Error: ${crash.detail}\n${crash.errorType}\n`] : [];
}

function reportFields(report: InvocationReport): string[] {
  const { initDurationMs, status, errorType } = report;
  return [
    `REPORT RequestId: ${report.requestId}`,
    `Duration: ${report.durationMs.toFixed(2)} ms`,
    `Billed Duration: ${report.billedDurationMs} ms`,
    `Memory Size: ${report.memorySizeMb} MB`,
    `Max Memory Used: ${report.maxMemoryUsedMb} MB`,
    ...(initDurationMs === undefined ? [] : [`Init Duration: ${initDurationMs.toFixed(2)} ms`]),
    ...(status === 'timeout' ? ['Status: timeout'] : []),
    ...(errorType ? ['Status: error', `Error Type: ${errorType}`] : []),
  ];
}

const xrayLine = ({ traceId, segmentId, isSampled }: Tracing): string =>
  isSampled ? `XRAY TraceId: ${traceId}\tSegmentId: ${segmentId}\tSampled: true\t\n` : '';
