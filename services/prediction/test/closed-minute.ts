import { type EventEntry, WindowsClosed } from '@lamplighter/contracts';

const MINUTE_MS = 60_000;
export const ACCOUNT = { accountId: '123456789012', region: 'us-east-1' };

/** A closed minute of a function that kept so many environments busy. */
export function closedMinute(functionName: string, start: number, environments: number, revision = 0): EventEntry {
  const figures = {
    ...WindowsClosed.example.windows[0]!.figures,
    functionName,
    start,
    invocations: environments * 600,
    durationMs: { sum: environments * MINUTE_MS, max: 100 },
    billedDurationMs: environments * MINUTE_MS,
    memorySizeMb: 1024,
    costUsd: environments * 0.001,
    maxConcurrency: environments,
  };
  const event = { ...ACCOUNT, functionName, windows: [{ revision, figures }] };
  return WindowsClosed.entry(event, `${functionName}/${start}/${revision}`);
}
