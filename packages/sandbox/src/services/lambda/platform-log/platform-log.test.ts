import { describe, expect, test } from '@jest/globals';
import { jsonPlatformLog } from './json-platform-log.ts';
import type { InvocationReport } from './platform-log.ts';
import { textPlatformLog } from './text-platform-log.ts';

const AT = '2026-10-08T07:30:29.470Z';
const untraced = { header: '', traceId: '', segmentId: '', isSampled: false };
/** Figures of the sample in the Lambda developer guide (doc_source/golang-logging.md, CC BY-SA 4.0). */
const report: InvocationReport = {
  requestId: 'dbda340c-xmpl-4031-8810-11bb609b4c71',
  status: 'success',
  durationMs: 38.66,
  billedDurationMs: 39,
  memorySizeMb: 128,
  maxMemoryUsedMb: 54,
  initDurationMs: 203.69,
  producedBytes: 2,
  timeoutSeconds: 3,
  tracing: {
    header: 'Root=1-5e7d7595-212fxmpl9ee07c4884191322;Parent=42ffxmpl0645f474;Sampled=1',
    traceId: '1-5e7d7595-212fxmpl9ee07c4884191322',
    segmentId: '42ffxmpl0645f474',
    isSampled: true,
  },
};

describe('the text format', () => {
  test('writes REPORT as the developer guide shows it, with the tab and newline of exported logs', () => {
    expect(textPlatformLog.end(AT, report)).toEqual([
      'END RequestId: dbda340c-xmpl-4031-8810-11bb609b4c71\n',
      'REPORT RequestId: dbda340c-xmpl-4031-8810-11bb609b4c71\tDuration: 38.66 ms\tBilled Duration: 39 ms\tMemory Size: 128 MB\t' +
        'Max Memory Used: 54 MB\tInit Duration: 203.69 ms\t\nXRAY TraceId: 1-5e7d7595-212fxmpl9ee07c4884191322\t' +
        'SegmentId: 42ffxmpl0645f474\tSampled: true\t\n',
    ]);
  });

  test('puts a status without a trailing tab before the XRAY line', () => {
    const [timeout, , line] = textPlatformLog.end(AT, { ...report, status: 'timeout' });

    expect(timeout).toBe(`${AT} dbda340c-xmpl-4031-8810-11bb609b4c71 Task timed out after 3.00 seconds\n\n`);
    expect(line).toContain('Init Duration: 203.69 ms\tStatus: timeout\nXRAY TraceId: ');
  });

  test('reports an init only where it failed', () => {
    expect(textPlatformLog.initReport(AT, { phase: 'init', status: 'success', durationMs: 10 })).toEqual([]);
    expect(textPlatformLog.initReport(AT, { phase: 'init', status: 'timeout', durationMs: 10_000.04 })).toEqual([
      'INIT_REPORT Init Duration: 10000.04 ms\tPhase: init\tStatus: timeout\n',
    ]);
    expect(
      textPlatformLog.initReport(AT, {
        phase: 'invoke',
        status: 'error',
        durationMs: 83.58,
        errorType: 'Runtime.ImportModuleError',
      }),
    ).toEqual([
      'INIT_REPORT Init Duration: 83.58 ms\tPhase: invoke\tStatus: error\tError Type: Runtime.ImportModuleError\n',
    ]);
  });
});

describe('the JSON format', () => {
  const types = (records: readonly string[]) => records.map((record) => JSON.parse(record).type);
  const start = { requestId: 'r', version: '1', functionArn: 'arn', tracing: untraced };

  test('writes what AWS’s table gives each level', () => {
    const of = (level: 'DEBUG' | 'INFO' | 'WARN') => {
      const log = jsonPlatformLog(level);
      return types([
        ...log.initReport(AT, { phase: 'init', status: 'success', durationMs: 1 }),
        ...log.start(AT, start),
        ...log.end(AT, report),
      ]);
    };

    expect(of('DEBUG')).toEqual([
      'platform.initRuntimeDone',
      'platform.initReport',
      'platform.start',
      'platform.runtimeDone',
      'platform.report',
    ]);
    expect(of('INFO')).toEqual(['platform.start', 'platform.report']);
    expect(of('WARN')).toEqual([]);
  });

  test('writes what went wrong at every level', () => {
    const log = jsonPlatformLog('WARN');

    expect(
      log.initReport(AT, { phase: 'init', status: 'error', durationMs: 1, errorType: 'Runtime.ExitError' }),
    ).toHaveLength(2);
    expect(types(log.end(AT, { ...report, status: 'timeout' }))).toEqual(['platform.runtimeDone', 'platform.report']);
  });

  test('writes a report as a real log group shows it', () => {
    const { initDurationMs: _, ...warm } = report;
    const figures = {
      durationMs: 1072.1451,
      billedDurationMs: 1073,
      memorySizeMb: 256,
      maxMemoryUsedMb: 125,
      tracing: untraced,
    };

    expect(jsonPlatformLog('INFO').end(AT, { ...warm, ...figures })).toEqual([
      `{"time":"${AT}","type":"platform.report","record":{"requestId":"dbda340c-xmpl-4031-8810-11bb609b4c71","metrics":` +
        '{"durationMs":1072.145,"billedDurationMs":1073,"memorySizeMB":256,"maxMemoryUsedMB":125},"status":"success"}}',
    ]);
  });
});
