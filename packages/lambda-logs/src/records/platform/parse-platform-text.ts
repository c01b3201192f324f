import type { ExtensionRecord, PlatformRecord, ReportRecord, SubscriptionRecord, XrayRecord } from '../log-record.ts';
import { endOfWord, type NameValues, numberAt, readNameValues, wordAt } from './name-values.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const START = 'START RequestId: ';
const END = 'END RequestId: ';
const REPORT = 'REPORT RequestId: ';
const REQUEST = 'RequestId: ';
const TIMED_OUT = 'Task timed out after ';
const EXITED = 'Runtime exited';

/**
 * A platform record of the text log format, or nothing where the line is the application's. Dispatches on the first letter, so an
 * application line costs one comparison.
 */
export function parsePlatformText(line: string): PlatformRecord | undefined {
  switch (line.charCodeAt(0)) {
    case 0x53:
      return line.startsWith(START) ? start(line) : undefined;
    case 0x45:
      return endOrExtension(line);
    case 0x52:
      return reportOrRestore(line);
    case 0x49:
      return line.startsWith('INIT_') ? phase(line, 'INIT', 'init-start', 'init-report') : undefined;
    case 0x4c:
      return line.startsWith('LOGS') ? subscription(line, 'LOGS', 'logs') : undefined;
    case 0x54:
      return line.startsWith('TELEMETRY') ? subscription(line, 'TELEMETRY', 'telemetry') : undefined;
    case 0x58:
      return line.startsWith('XRAY TraceId: ') ? xray(line) : undefined;
    default:
      return timeout(line);
  }
}

function endOrExtension(line: string): PlatformRecord | undefined {
  if (line.startsWith(END)) return end(line);
  if (line.startsWith('EXTENSION')) return extension(line);
  return line.startsWith('Error Runtime exited') ? exit(line, 'Error '.length) : undefined;
}

function reportOrRestore(line: string): PlatformRecord | undefined {
  if (line.startsWith(REPORT)) return report(line);
  if (line.startsWith('RESTORE_')) return phase(line, 'RESTORE', 'restore-start', 'restore-report');
  return line.startsWith(REQUEST) ? requestError(line) : undefined;
}

function start(line: string): PlatformRecord | undefined {
  const idEnd = endOfWord(line, START.length);
  if (idEnd === START.length || !line.startsWith(' Version: ', idEnd)) return undefined;
  const version = wordAt(line, idEnd + ' Version: '.length);
  return { kind: 'start', format: 'text', requestId: line.slice(START.length, idEnd), version };
}

function end(line: string): PlatformRecord | undefined {
  const requestId = wordAt(line, END.length);
  return requestId === '' ? undefined : { kind: 'end', format: 'text', requestId };
}

function report(line: string): PlatformRecord | undefined {
  const idEnd = endOfWord(line, REPORT.length);
  if (idEnd === REPORT.length) return undefined;
  const usual = usualReport(line, idEnd);
  if (usual !== undefined) return usual;
  if (!line.includes('Duration:', idEnd)) return undefined;
  const record: Mutable<ReportRecord> = { kind: 'report', format: 'text', requestId: line.slice(REPORT.length, idEnd) };
  return readNameValues(line, idEnd, record);
}

/** The four figures in the order in which Lambda writes them, so that each name is compared once; any other layout is left to the search by name. */
function usualReport(line: string, idEnd: number): ReportRecord | undefined {
  const duration = line.indexOf(':', idEnd);
  if (!line.endsWith('\tDuration', duration)) return undefined;
  const billed = line.indexOf(':', duration + 1);
  if (!line.endsWith('\tBilled Duration', billed)) return undefined;
  const size = line.indexOf(':', billed + 1);
  if (!line.endsWith('\tMemory Size', size)) return undefined;
  const used = line.indexOf(':', size + 1);
  if (!line.endsWith('\tMax Memory Used', used)) return undefined;
  const durationMs = numberAt(line, duration + 1);
  const billedDurationMs = numberAt(line, billed + 1);
  const memorySizeMb = numberAt(line, size + 1);
  const maxMemoryUsedMb = numberAt(line, used + 1);
  if (durationMs === undefined || billedDurationMs === undefined) return undefined;
  if (memorySizeMb === undefined || maxMemoryUsedMb === undefined) return undefined;
  const requestId = line.slice(REPORT.length, idEnd);
  const record: Mutable<ReportRecord> = {
    kind: 'report',
    format: 'text',
    requestId,
    durationMs,
    billedDurationMs,
    memorySizeMb,
    maxMemoryUsedMb,
  };
  return readNameValues(line, used + 1, record);
}

function phase(
  line: string,
  word: string,
  startKind: 'init-start' | 'restore-start',
  reportKind: 'init-report' | 'restore-report',
): PlatformRecord | undefined {
  if (line.startsWith('_START Runtime Version', word.length)) return phaseStart(line, startKind);
  if (!line.startsWith('_REPORT ', word.length)) return undefined;
  const {
    initDurationMs,
    restoreDurationMs,
    phase: name,
    status,
    errorType,
  } = readNameValues<NameValues>(line, word.length, {});
  const durationMs = initDurationMs ?? restoreDurationMs;
  return {
    kind: reportKind,
    format: 'text',
    ...(durationMs === undefined ? {} : { durationMs }),
    ...(name === undefined ? {} : { phase: name }),
    ...(status === undefined ? {} : { status }),
    ...(errorType === undefined ? {} : { errorType }),
  };
}

function phaseStart(line: string, kind: 'init-start' | 'restore-start'): PlatformRecord {
  const runtimeVersion = namedWord(line, 'Runtime Version: ');
  const runtimeVersionArn = namedWord(line, 'Runtime Version ARN: ');
  return {
    kind,
    format: 'text',
    ...(runtimeVersion === undefined ? {} : { runtimeVersion }),
    ...(runtimeVersionArn === undefined ? {} : { runtimeVersionArn }),
  };
}

function namedWord(line: string, name: string): string | undefined {
  const at = line.indexOf(name);
  const value = at === -1 ? '' : wordAt(line, at + name.length);
  return value === '' ? undefined : value;
}

function extension(line: string): ExtensionRecord | undefined {
  const name = namedWord(line, 'Name: ');
  const state = namedWord(line, 'State: ');
  if (name === undefined || state === undefined || line.charCodeAt('EXTENSION'.length) > 0x20) return undefined;
  const errorType = namedWord(line, 'Error Type: ');
  const withError = errorType === undefined ? {} : { errorType };
  return { kind: 'extension', format: 'text', name, state, events: listOf(line, 'Events: ['), ...withError };
}

function subscription(line: string, word: string, api: 'logs' | 'telemetry'): SubscriptionRecord | undefined {
  const name = namedWord(line, 'Name: ');
  const state = namedWord(line, 'State: ');
  if (name === undefined || state === undefined || line.charCodeAt(word.length) > 0x20) return undefined;
  return { kind: 'subscription', format: 'text', api, name, state, types: listOf(line, 'Types: [') };
}

function listOf(line: string, opening: string): string[] {
  const at = line.indexOf(opening);
  const close = line.indexOf(']', at);
  if (at === -1 || close === -1) return [];
  const inside = line.slice(at + opening.length, close).trim();
  return inside === '' ? [] : inside.split(',').map((item) => item.trim());
}

function requestError(line: string): PlatformRecord | undefined {
  const idEnd = endOfWord(line, REQUEST.length);
  const requestId = line.slice(REQUEST.length, idEnd);
  if (line.startsWith(' Process exited before completing request', idEnd)) return exit(line, idEnd + 1, requestId);
  if (!line.startsWith(' Error: ', idEnd)) return undefined;
  const from = idEnd + ' Error: '.length;
  if (line.startsWith(TIMED_OUT, from)) return timedOut(line, requestId, from);
  if (line.startsWith(EXITED, from) || line.startsWith("Couldn't find valid bootstrap", from))
    return exit(line, from, requestId);
  return fault(line, from, requestId);
}

/**
 * Any other sentence with the platform's name for it on a line of its own: `fork/exec /var/task/bootstrap: no such file or directory` and
 * Runtime.InvalidEntrypoint, `exit code 0` and Extension.Crash (rapid's FaultData: "RequestId: %s Error: %s\n%s\n"). Without the name anybody can have written it.
 */
function fault(line: string, from: number, requestId: string): PlatformRecord | undefined {
  const whole = line.trimEnd();
  const lastBreak = whole.lastIndexOf('\n');
  const errorType = whole.slice(lastBreak + 1);
  if (lastBreak < from || !PLATFORMS_TYPE.test(errorType)) return undefined;
  const text = line.slice(from, lastBreak).trimEnd();
  return { kind: 'exit', format: 'text', text, isKilled: isKilledBy(text), requestId, errorType };
}

const PLATFORMS_TYPE = /^(?:Runtime|Extension|Sandbox|Function)\.[A-Z][A-Za-z]+$/;
const isKilledBy = (text: string): boolean => text.endsWith('signal: killed') || text.endsWith('exit status 137');

/** `exit status 137` is 128 + SIGKILL: what a process gets that the kernel kills, as it does for memory. */
function exit(line: string, from: number, requestId?: string): PlatformRecord {
  const lineEnd = line.indexOf('\n', from);
  const text = (lineEnd === -1 ? line.slice(from) : line.slice(from, lineEnd)).trimEnd();
  const after = lineEnd === -1 ? '' : wordAt(line, lineEnd + 1);
  return {
    kind: 'exit',
    format: 'text',
    text,
    isKilled: isKilledBy(text),
    ...(requestId === undefined ? {} : { requestId }),
    ...(PLATFORMS_TYPE.test(after) ? { errorType: after } : {}),
  };
}

function xray(line: string): PlatformRecord {
  const record: Mutable<XrayRecord> = { kind: 'xray', format: 'text' };
  return readNameValues(line, 0, record);
}

/** `<ISO time> <request id> Task timed out after 3.00 seconds`: blanks, no level; the node runtime's own lines have tabs instead. */
function timeout(line: string): PlatformRecord | undefined {
  if (line.charCodeAt(24) !== 0x20 || line.charCodeAt(23) !== 0x5a || line.charCodeAt(10) !== 0x54) return undefined;
  const idEnd = endOfWord(line, 25);
  if (!line.startsWith(TIMED_OUT, idEnd + 1)) return undefined;
  return timedOut(line, line.slice(25, idEnd), idEnd + 1);
}

function timedOut(line: string, requestId: string, from: number): PlatformRecord | undefined {
  const afterSeconds = numberAt(line, from + TIMED_OUT.length);
  return afterSeconds === undefined ? undefined : { kind: 'timeout', format: 'text', requestId, afterSeconds };
}
