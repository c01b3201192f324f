import { Logger } from '@aws-lambda-powertools/logger';

/** What our code may say to the log: structured, one JSON object a line, an error under `error`. */
export interface StructuredLogger {
  debug(message: string, fields?: Record<string, unknown>): void;
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
  error(message: string, fields?: Record<string, unknown>): void;
}

/** A logger of AWS's Powertools. It never echoes payloads: a log that repeats what it ingests feeds itself. */
export function createLogger(serviceName: string): Logger {
  return new Logger({ serviceName });
}
