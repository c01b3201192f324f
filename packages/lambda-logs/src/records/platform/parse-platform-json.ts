import {
  isJsonObject,
  type JsonObject,
  known,
  numberOf,
  parseJsonObject,
  stringOf,
  stringsOf,
  timeOf,
} from '../json-fields.ts';
import type {
  EndRecord,
  ExtensionRecord,
  FaultRecord,
  InitDoneRecord,
  InitStartRecord,
  LogsDroppedRecord,
  PlatformRecord,
  PlatformSpan,
  ReportRecord,
  RuntimeDoneRecord,
  StartRecord,
  TraceContext,
} from '../log-record.ts';
import { readTraceHeader } from '../traces/trace-header.ts';
import { type NameValues, readNameValues, wordAt } from './name-values.ts';

/**
 * A platform record of the JSON log format, `{time, type: "platform.*", record}`, or nothing where the line is the application's. The
 * platform writes one of these keys first, so most lines of applications need not be parsed to know that they are none.
 * Schema: https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html
 */
export function parsePlatformJson(line: string): PlatformRecord | undefined {
  if (!line.startsWith('{"time":') && !line.startsWith('{"type":') && !line.startsWith('{"record":')) return undefined;
  if (!line.includes('"platform.')) return undefined;
  const event = parseJsonObject(line);
  return event === undefined ? undefined : platformEvent(event);
}

/** The same, for an event that is parsed already. */
export function platformEvent(event: JsonObject): PlatformRecord | undefined {
  const type = event.type;
  if (typeof type !== 'string' || !type.startsWith('platform.')) return undefined;
  const record = isJsonObject(event.record) ? event.record : {};
  const platform = known<{ format: 'json'; time?: number }>({ format: 'json', time: timeOf(event.time) });
  const read = Object.hasOwn(READERS, type) ? READERS[type] : undefined;
  if (read === undefined) return { kind: 'other-platform', type, ...platform };
  const text = typeof event.record === 'string' ? event.record : undefined;
  return read(record, text, platform);
}

type Platform = { readonly format: 'json'; readonly time?: number };
type Reader = (record: JsonObject, text: string | undefined, platform: Platform) => PlatformRecord;

const READERS: Readonly<Record<string, Reader>> = {
  'platform.start': (record, _text, platform) => {
    const requestId = stringOf(record.requestId);
    if (requestId === undefined) return { kind: 'other-platform', type: 'platform.start', ...platform };
    const { version, functionArn } = record;
    return known<StartRecord>({
      kind: 'start',
      ...platform,
      requestId,
      version: stringOf(version),
      functionArn: stringOf(functionArn),
      ...tracing(record),
    });
  },
  'platform.end': (record, _text, platform) => {
    const requestId = stringOf(record.requestId);
    if (requestId === undefined) return { kind: 'other-platform', type: 'platform.end', ...platform };
    return known<EndRecord>({ kind: 'end', ...platform, requestId, version: stringOf(record.version) });
  },
  'platform.report': (record, _text, platform) => {
    const metrics = isJsonObject(record.metrics) ? record.metrics : {};
    return known<ReportRecord>({
      kind: 'report',
      ...platform,
      ...outcome(record),
      durationMs: numberOf(metrics.durationMs),
      billedDurationMs: numberOf(metrics.billedDurationMs),
      memorySizeMb: numberOf(metrics.memorySizeMB),
      maxMemoryUsedMb: numberOf(metrics.maxMemoryUsedMB),
      initDurationMs: numberOf(metrics.initDurationMs),
      restoreDurationMs: numberOf(metrics.restoreDurationMs),
      billedRestoreDurationMs: numberOf(metrics.billedRestoreDurationMs),
      spans: spansOf(record.spans),
      ...tracing(record),
    });
  },
  'platform.runtimeDone': (record, text, platform) => {
    const metrics = isJsonObject(record.metrics) ? record.metrics : {};
    return known<RuntimeDoneRecord>({
      kind: 'runtime-done',
      ...platform,
      ...outcome(record),
      durationMs: numberOf(metrics.durationMs),
      producedBytes: numberOf(metrics.producedBytes),
      spans: spansOf(record.spans),
      text,
      ...tracing(record),
    });
  },
  'platform.initStart': (record, _text, platform) => started('init-start', record, platform),
  'platform.restoreStart': (record, _text, platform) => started('restore-start', record, platform),
  'platform.initRuntimeDone': (record, _text, platform) => done('init-runtime-done', record, platform),
  'platform.initReport': (record, _text, platform) => done('init-report', record, platform),
  'platform.restoreRuntimeDone': (record, _text, platform) => done('restore-runtime-done', record, platform),
  'platform.restoreReport': (record, _text, platform) => done('restore-report', record, platform),
  'platform.extension': ({ name, state, events, errorType }, _text, platform) =>
    known<ExtensionRecord>({
      kind: 'extension',
      ...platform,
      name: stringOf(name) ?? '',
      state: stringOf(state) ?? '',
      events: stringsOf(events),
      errorType: stringOf(errorType),
    }),
  'platform.logsSubscription': (record, _text, platform) => subscribed('logs', record, platform),
  'platform.telemetrySubscription': (record, _text, platform) => subscribed('telemetry', record, platform),
  'platform.logsDropped': ({ reason, droppedRecords, droppedBytes }, _text, platform) =>
    known<LogsDroppedRecord>({
      kind: 'logs-dropped',
      ...platform,
      reason: stringOf(reason),
      droppedRecords: numberOf(droppedRecords),
      droppedBytes: numberOf(droppedBytes),
    }),
  'platform.fault': (_record, text = '', platform) => {
    const { status, errorType } = readNameValues<NameValues>(text, 0, {});
    const requestId = text.startsWith('RequestId: ') ? wordAt(text, 'RequestId: '.length) : undefined;
    const lastLine = text.slice(text.lastIndexOf('\n') + 1);
    const type = errorType ?? (/^(?:Runtime|Extension)\./.test(lastLine) ? lastLine : undefined);
    return known<FaultRecord>({ kind: 'fault', ...platform, text, requestId, status, errorType: type });
  },
};

function started(kind: 'init-start' | 'restore-start', record: JsonObject, platform: Platform): PlatformRecord {
  return known<InitStartRecord>({
    kind,
    ...platform,
    runtimeVersion: stringOf(record.runtimeVersion),
    runtimeVersionArn: stringOf(record.runtimeVersionArn),
    functionName: stringOf(record.functionName),
    functionVersion: stringOf(record.functionVersion) ?? stringOf(record.version),
    initializationType: stringOf(record.initializationType),
    phase: stringOf(record.phase),
    instanceId: stringOf(record.instanceId),
    instanceMaxMemory: numberOf(record.instanceMaxMemory),
    requestId: stringOf(record.requestId),
    ...tracing(record),
  });
}

function done(
  kind: 'init-runtime-done' | 'init-report' | 'restore-runtime-done' | 'restore-report',
  record: JsonObject,
  platform: Platform,
): PlatformRecord {
  const { status, errorType } = outcome(record);
  return known<InitDoneRecord>({
    kind,
    ...platform,
    initializationType: stringOf(record.initializationType),
    phase: stringOf(record.phase),
    status,
    errorType,
    durationMs: isJsonObject(record.metrics) ? numberOf(record.metrics.durationMs) : undefined,
    spans: spansOf(record.spans),
  });
}

const subscribed = (
  api: 'logs' | 'telemetry',
  { name, state, types }: JsonObject,
  platform: Platform,
): PlatformRecord => ({
  kind: 'subscription',
  ...platform,
  api,
  name: stringOf(name) ?? '',
  state: stringOf(state) ?? '',
  types: stringsOf(types),
});

const outcome = ({ requestId, status, errorType }: JsonObject) => ({
  requestId: stringOf(requestId),
  status: stringOf(status),
  errorType: stringOf(errorType),
});

function tracing({ tracing: context }: JsonObject): TraceContext {
  if (!isJsonObject(context)) return {};
  return typeof context.value === 'string' ? readTraceHeader(context.value) : {};
}

function spansOf(spans: unknown): PlatformSpan[] | undefined {
  if (!Array.isArray(spans) || spans.length === 0) return undefined;
  return spans
    .filter(isJsonObject)
    .map(({ name, start, durationMs }) =>
      known<PlatformSpan>({ name: stringOf(name) ?? '', startedAt: timeOf(start), durationMs: numberOf(durationMs) }),
    );
}
