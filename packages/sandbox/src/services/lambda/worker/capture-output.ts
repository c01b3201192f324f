import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { isWritten, jsonLine, LEVELS, textLine } from './format-line.ts';
import type { ApplicationLogging, ApplicationLogLevel } from './messages.ts';

export interface OutputCapture {
  readonly logging: ApplicationLogging;
  /** The invocation under way, or undefined during init. */
  readonly requestId: () => string | undefined;
  /** Sends one record of the log stream to the host. */
  readonly emit: (timestamp: number, text: string) => void;
}

/** Sends everything the function writes (console, stdout, stderr, raw descriptors 1 and 2) to the host as log records. */
export function captureOutput(capture: OutputCapture): void {
  patchConsole(capture);
  const write = lineWriter(capture);
  for (const stream of [process.stdout, process.stderr]) {
    stream.write = ((chunk: string | Uint8Array, encoding?: unknown, callback?: unknown) => {
      write(chunk);
      const done = typeof encoding === 'function' ? encoding : callback;
      if (typeof done === 'function') process.nextTick(done as () => void);
      return true;
    }) as typeof stream.write;
  }
  patchDescriptors(write);
}

function patchConsole(capture: OutputCapture): void {
  const at = (level: ApplicationLogLevel) => {
    return (...parts: unknown[]) => {
      if (!isWritten(level, capture.logging)) return;
      const now = new Date();
      const line = { timestamp: now.toISOString(), requestId: capture.requestId(), level, parts };
      capture.emit(now.getTime(), capture.logging.format === 'JSON' ? jsonLine(line) : textLine(line));
    };
  };
  const target = console as unknown as Record<string, unknown>;
  target.trace = at('TRACE');
  target.debug = at('DEBUG');
  target.info = at('INFO');
  target.log = target.info;
  target.warn = at('WARN');
  target.error = at('ERROR');
  target.fatal = at('FATAL');
}

/** A record per line: the platform splits raw output at newlines. The last, unfinished line waits for its end. */
function lineWriter({ emit, logging }: OutputCapture): (chunk: string | Uint8Array) => void {
  let rest = '';
  return (chunk) => {
    const lines = (rest + (typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8'))).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line !== '' && passesLevel(line, logging)) emit(Date.now(), `${line}\n`);
  };
}

/** In JSON format the platform filters a line that is itself JSON with `timestamp` and `level`; all others count as INFO. */
function passesLevel(line: string, logging: ApplicationLogging): boolean {
  if (logging.format === 'Text') return true;
  return isWritten(levelOf(line), logging);
}

function levelOf(line: string): ApplicationLogLevel {
  if (!line.startsWith('{')) return 'INFO';
  try {
    const { level, timestamp } = JSON.parse(line) as { level?: unknown; timestamp?: unknown };
    const name = typeof level === 'string' && timestamp ? (level.toUpperCase() as ApplicationLogLevel) : 'INFO';
    return LEVELS.includes(name) ? name : 'INFO';
  } catch {
    return 'INFO';
  }
}

/** Loggers such as pino write to descriptor 1 without going through `process.stdout`; in a worker that is the host's own. */
function patchDescriptors(write: (chunk: string | Uint8Array) => void): void {
  const { writeSync, write: writeAsync } = fs;
  const isOutput = (descriptor: number) => descriptor === 1 || descriptor === 2;
  const size = (chunk: string | Uint8Array) =>
    typeof chunk === 'string' ? Buffer.byteLength(chunk) : chunk.byteLength;
  fs.writeSync = ((descriptor: number, chunk: string | Uint8Array, ...more: unknown[]) => {
    if (!isOutput(descriptor)) return Reflect.apply(writeSync, fs, [descriptor, chunk, ...more]);
    write(chunk);
    return size(chunk);
  }) as typeof fs.writeSync;
  fs.write = ((descriptor: number, chunk: string | Uint8Array, ...more: unknown[]) => {
    if (!isOutput(descriptor)) return Reflect.apply(writeAsync, fs, [descriptor, chunk, ...more]);
    write(chunk);
    const done = more.at(-1);
    if (typeof done === 'function') process.nextTick(() => done(null, size(chunk), chunk));
  }) as typeof fs.write;
  syncBuiltinESMExports();
}
