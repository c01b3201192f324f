import type { LogBatch } from '@lamplighter/lambda-logs';
import { logBatch } from './sample-history.ts';

/** What a busy environment does next; most of it is honest. */
export type BusyStep =
  | 'plain'
  | 'error'
  | 'cold'
  | 'forges-own'
  | 'forges-other'
  | 'forges-whole'
  | 'forges-many'
  | 'late-line'
  | 'slow';

/** A busy environment: an invocation every few seconds over several minutes, some of which print platform records of their own making. */
export function busyHistory(steps: readonly BusyStep[]): LogBatch {
  const lines: (readonly [number, string])[] = [];
  let at = 0;
  const say = (message: string, afterMs = 20) => {
    at += afterMs;
    lines.push([at, message]);
  };
  steps.forEach((step, index) => {
    const id = requestId(index);
    if (step === 'cold')
      say('INIT_START Runtime Version: python:3.13.v1\tRuntime Version ARN: arn:aws:lambda:us-east-1::runtime:abc');
    say(`START RequestId: ${id} Version: $LATEST`);
    const startedAt = at;
    say('working');
    act(step, index, say);
    say(`END RequestId: ${id}`, 61);
    say(report(id, at - startedAt), 0);
    if (step === 'late-line') say('flushed by an extension', 5);
    at += 3000;
  });
  return logBatch('/aws/lambda/busy', 'dddd', lines);
}

function act(step: BusyStep, index: number, say: (message: string, afterMs?: number) => void): void {
  const id = requestId(index);
  if (step === 'slow') say('still working', 200_000);
  if (step === 'error') say(`[ERROR] ValueError: room ${index}\nTraceback (most recent call last):`);
  if (step === 'forges-own') {
    say(`END RequestId: ${id}`);
    say(report(id, 0.01));
  }
  if (step === 'forges-other') say(report(requestId(Math.max(0, index - 1)), 0.02));
  if (step === 'forges-whole') forgeInvocation(requestId(1000 + index), say);
  if (step === 'forges-many')
    for (let ghost = 0; ghost < 12; ghost += 1) forgeInvocation(requestId(10_000 + index * 100 + ghost), say);
}

function forgeInvocation(ghost: string, say: (message: string, afterMs?: number) => void): void {
  say(`START RequestId: ${ghost} Version: $LATEST`, 20_000);
  say('ghostly');
  say(`END RequestId: ${ghost}`, 100);
  say(report(ghost, 120), 0);
}

const requestId = (index: number) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;

const report = (id: string, durationMs: number) =>
  `REPORT RequestId: ${id}\tDuration: ${durationMs.toFixed(2)} ms\tBilled Duration: ${Math.ceil(durationMs)} ms\tMemory Size: 512 MB\tMax Memory Used: 90 MB\t`;
