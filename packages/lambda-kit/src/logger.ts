import { Logger } from '@aws-lambda-powertools/logger';

/** What our code may say to the log: structured, one JSON object a line, an error under `error`. */
export type StructuredLogger = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;

/** A logger of AWS's Powertools. It never echoes payloads: a log that repeats what it ingests feeds itself. */
export function createLogger(serviceName: string): Logger {
  return new Logger({ serviceName });
}
