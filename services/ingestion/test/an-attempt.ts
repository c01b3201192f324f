import type { StoredAttempt } from '../src/domain/stored-attempt.ts';

/** A successful warm attempt of 100 ms that began then. */
export const anAttempt = (startedAt: number, more: Partial<StoredAttempt> = {}): StoredAttempt => ({
  streamId: 's',
  accountId: '123456789012',
  region: 'us-east-1',
  logGroup: '/aws/lambda/booking',
  functionName: 'booking',
  logStream: 's',
  firstEventAt: startedAt,
  startedAt,
  durationMs: 100,
  billedDurationMs: 100,
  memorySizeMb: 1024,
  maxMemoryUsedMb: 80,
  coldStart: false,
  status: 'success',
  logLines: 0,
  eventCount: 3,
  messageCount: 0,
  missing: [],
  ...more,
});
