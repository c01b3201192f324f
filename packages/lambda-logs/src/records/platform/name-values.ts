import type { ReportFigures, TraceContext } from '../log-record.ts';

/** Figures and words of a REPORT, INIT_REPORT or RESTORE_REPORT line. */
export type NameValues = { -readonly [K in keyof ReportFigures]: ReportFigures[K] } & {
  -readonly [K in keyof TraceContext]: TraceContext[K];
} & { status?: string; errorType?: string; phase?: string };

const SPACE = 0x20;
const BACKSLASH = 0x5c;
const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;

/**
 * Reads `Name: value` pairs into `values`, wherever they stand: order and separators differ between years, runtimes and consoles (tab, spaces, line
 * end, or nothing at all), so a pair is found by its colon and the known name that ends there. O(n).
 */
export function readNameValues<T extends NameValues>(line: string, from: number, values: T): T {
  for (let colon = line.indexOf(':', from); colon !== -1; colon = line.indexOf(':', colon + 1)) {
    readPair(line, colon, values);
  }
  return values;
}

/** Dispatches on the last letter of the name. */
function readPair(line: string, colon: number, values: NameValues): void {
  switch (line.charCodeAt(colon - 1)) {
    case 0x6e:
      if (line.endsWith('Duration', colon)) setNumber(values, durationName(line, colon - 8), line, colon);
      return;
    case 0x65:
      readNameInE(line, colon, values);
      return;
    case 0x73:
      if (line.endsWith('Status', colon)) setWord(values, 'status', line, colon);
      return;
    case 0x64:
      readNameInD(line, colon, values);
      return;
  }
}

function readNameInE(line: string, colon: number, values: NameValues): void {
  if (line.endsWith('Memory Size', colon)) setNumber(values, 'memorySizeMb', line, colon);
  else if (line.endsWith('Error Type', colon) || line.endsWith('ErrorType', colon))
    setWord(values, 'errorType', line, colon);
  else if (line.endsWith('Phase', colon)) setWord(values, 'phase', line, colon);
}

function readNameInD(line: string, colon: number, values: NameValues): void {
  if (line.endsWith('Max Memory Used', colon)) setNumber(values, 'maxMemoryUsedMb', line, colon);
  else if (line.endsWith('TraceId', colon)) setWord(values, 'traceId', line, colon);
  else if (line.endsWith('SegmentId', colon)) setWord(values, 'segmentId', line, colon);
  else if (line.endsWith('Sampled', colon)) values.sampled ??= wordAt(line, colon + 1) === 'true';
}

/** Chosen by the letter before `Duration`, so that one comparison is enough. */
function durationName(line: string, end: number): keyof ReportFigures {
  switch (line.charCodeAt(end - 2)) {
    case 0x64:
      return line.endsWith('Billed ', end) ? 'billedDurationMs' : 'durationMs';
    case 0x74:
      return line.endsWith('Init ', end) ? 'initDurationMs' : 'durationMs';
    case 0x65:
      if (line.endsWith('Billed Restore ', end)) return 'billedRestoreDurationMs';
      return line.endsWith('Restore ', end) ? 'restoreDurationMs' : 'durationMs';
    default:
      return 'durationMs';
  }
}

/** The first of two pairs with one name wins: the platform writes each once, and what follows it may be quoted. */
function setNumber(values: NameValues, name: keyof ReportFigures, line: string, colon: number): void {
  const figure = numberAt(line, colon + 1);
  if (figure !== undefined) keepNumber(values, name, figure);
}

/** A store of its own for each name: one whose name is a variable costs more than finding the pair did. */
function keepNumber(values: NameValues, name: keyof ReportFigures, figure: number): void {
  switch (name) {
    case 'durationMs':
      values.durationMs ??= figure;
      return;
    case 'billedDurationMs':
      values.billedDurationMs ??= figure;
      return;
    case 'memorySizeMb':
      values.memorySizeMb ??= figure;
      return;
    case 'maxMemoryUsedMb':
      values.maxMemoryUsedMb ??= figure;
      return;
    case 'initDurationMs':
      values.initDurationMs ??= figure;
      return;
    case 'restoreDurationMs':
      values.restoreDurationMs ??= figure;
      return;
    case 'billedRestoreDurationMs':
      values.billedRestoreDurationMs ??= figure;
  }
}

type WordName = 'status' | 'errorType' | 'phase' | 'traceId' | 'segmentId';

function setWord(values: NameValues, name: WordName, line: string, colon: number): void {
  const word = wordAt(line, colon + 1);
  if (word !== '') keepWord(values, name, word);
}

function keepWord(values: NameValues, name: WordName, word: string): void {
  switch (name) {
    case 'status':
      values.status ??= word;
      return;
    case 'errorType':
      values.errorType ??= word;
      return;
    case 'phase':
      values.phase ??= word;
      return;
    case 'traceId':
      values.traceId ??= word;
      return;
    case 'segmentId':
      values.segmentId ??= word;
  }
}

/** A plain decimal; digits over a power of ten is one correctly rounded division, so it equals what `Number` reads. */
export function numberAt(line: string, from: number): number | undefined {
  let at = from;
  while (line.charCodeAt(at) === SPACE) at++;
  const first = at;
  let digits = 0;
  let scale = 0;
  for (; ; at++) {
    const code = line.charCodeAt(at);
    if (code >= ZERO && code <= NINE) {
      digits = digits * 10 + (code - ZERO);
      scale *= 10;
    } else if (code === POINT && scale === 0 && at > first) {
      scale = 1;
    } else break;
  }
  if (at === first) return undefined;
  if (digits > Number.MAX_SAFE_INTEGER) return Number(line.slice(first, at));
  return scale > 1 ? digits / scale : digits;
}

/** Characters up to the next blank, tab or line end; a backslash ends a word too, for copies that hold `\\n` in two characters. */
export function wordAt(line: string, from: number): string {
  let start = from;
  while (line.charCodeAt(start) === SPACE) start++;
  return line.slice(start, endOfWord(line, start));
}

export function endOfWord(line: string, start: number): number {
  let end = start;
  for (; end < line.length; end++) {
    const code = line.charCodeAt(end);
    if (code <= SPACE || code === BACKSLASH) break;
  }
  return end;
}
