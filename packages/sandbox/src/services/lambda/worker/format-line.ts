import { format } from 'node:util';
import type { ApplicationLogging, ApplicationLogLevel } from './messages.ts';

/** Levels from the most to the least talkative. */
export const LEVELS: readonly ApplicationLogLevel[] = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];

/** Whether a line of `level` is written; only the JSON format filters by level. */
export function isWritten(level: ApplicationLogLevel, logging: ApplicationLogging): boolean {
  return logging.format === 'Text' || LEVELS.indexOf(level) >= LEVELS.indexOf(logging.level);
}

export interface ApplicationLine {
  readonly timestamp: string;
  readonly requestId: string | undefined;
  readonly level: ApplicationLogLevel;
  readonly parts: readonly unknown[];
}

/** `ISO<tab>requestId<tab>LEVEL<tab>message`, newline at the end: one record, however many lines the message has. */
export function textLine({ timestamp, requestId, level, parts }: ApplicationLine): string {
  return `${timestamp}\t${requestId}\t${level}\t${format(...parts)}\n`;
}

/** The Node.js runtime's JSON line: a single argument keeps its structure, several are formatted into a string. */
export function jsonLine({ timestamp, requestId, level, parts }: ApplicationLine): string {
  const head = { timestamp, level, requestId };
  if (parts.length <= 1) {
    try {
      return JSON.stringify({ ...head, message: parts[0] }, (_key, value: unknown) => describeError(value));
    } catch {
      return JSON.stringify({ ...head, message: format(parts[0]) });
    }
  }
  const error = parts.slice(1).find((part) => part instanceof Error);
  return JSON.stringify({ ...head, message: format(...parts), ...(error ? errorFields(error) : {}) });
}

function describeError(value: unknown): unknown {
  return value instanceof Error ? { ...errorFields(value), ...value } : value;
}

function errorFields(error: Error): Record<string, unknown> {
  return {
    errorType: error.constructor?.name ?? 'UnknownError',
    errorMessage: error.message,
    stackTrace: typeof error.stack === 'string' ? error.stack.split('\n') : [],
  };
}
