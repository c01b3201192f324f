const LEVELS: Readonly<Record<string, string>> = {
  TRACE: 'TRACE',
  VERBOSE: 'TRACE',
  TRCE: 'TRACE',
  DEBUG: 'DEBUG',
  DBUG: 'DEBUG',
  D: 'DEBUG',
  INFO: 'INFO',
  INFORMATION: 'INFO',
  NOTICE: 'INFO',
  LOG: 'INFO',
  I: 'INFO',
  WARN: 'WARN',
  WARNING: 'WARN',
  W: 'WARN',
  ERROR: 'ERROR',
  ERR: 'ERROR',
  FAIL: 'ERROR',
  E: 'ERROR',
  FATAL: 'FATAL',
  CRITICAL: 'FATAL',
  CRIT: 'FATAL',
  EMERGENCY: 'FATAL',
  F: 'FATAL',
};

/** One spelling for the levels of every runtime and of the common loggers; pino's and bunyan's numbers included. */
export function levelOf(value: unknown): string | undefined {
  if (typeof value === 'number') return numericLevel(value);
  if (typeof value !== 'string' || value.length > 11) return undefined;
  const name = value.toUpperCase();
  return Object.hasOwn(LEVELS, name) ? LEVELS[name] : undefined;
}

/** https://github.com/pinojs/pino/blob/main/docs/api.md#logger-level */
function numericLevel(value: number): string | undefined {
  if (value < 10) return undefined;
  if (value < 20) return 'TRACE';
  if (value < 30) return 'DEBUG';
  if (value < 40) return 'INFO';
  if (value < 50) return 'WARN';
  return value < 60 ? 'ERROR' : 'FATAL';
}
