import { readFileSync } from 'node:fs';
import type { LogEvent } from '../src/index.ts';

export const ENVIRONMENT = { logStream: '2026/10/08/[$LATEST]22be53a8cfde4e68b844f8ec293b2543' };
export const FIRST_AT = Date.UTC(2026, 9, 8, 7, 30);

/** A UUID for a small number. */
export const requestId = (index: number): string => `79b5e81f-9cdd-4145-b1f6-${String(index).padStart(12, '0')}`;

/** Events from `[milliseconds after the first, message]`, with ids that grow in the order given. */
export const story = (...lines: readonly (readonly [atMs: number, message: string])[]): LogEvent[] =>
  lines.map(([atMs, message], index) => ({
    id: String(index + 1).padStart(56, '0'),
    timestamp: FIRST_AT + atMs,
    message,
  }));

export const start = (id: string, version = '$LATEST'): string => `START RequestId: ${id} Version: ${version}\n`;
export const end = (id: string): string => `END RequestId: ${id}\n`;
export const report = (id: string, durationMs: number, rest = ''): string =>
  `REPORT RequestId: ${id}\tDuration: ${durationMs.toFixed(2)} ms\tBilled Duration: ${Math.ceil(durationMs)} ms\tMemory Size: 128 MB\tMax Memory Used: 60 MB\t${rest}\n`;
export const nodeLine = (id: string, text: string, level = 'INFO'): string =>
  `2026-10-08T07:30:00.100Z\t${id}\t${level}\t${text}\n`;
export const jsonStart = (id: string): string =>
  JSON.stringify({ time: '2026-10-08T07:30:00.000Z', type: 'platform.start', record: { requestId: id, version: '7' } });
export const jsonReport = (id: string, durationMs: number, status = 'success'): string =>
  JSON.stringify({
    time: '2026-10-08T07:30:00.000Z',
    type: 'platform.report',
    record: {
      requestId: id,
      status,
      metrics: { durationMs, billedDurationMs: Math.ceil(durationMs), memorySizeMB: 128, maxMemoryUsedMB: 60 },
    },
  });

export const INIT_START =
  'INIT_START Runtime Version: nodejs:22.v122\tRuntime Version ARN: arn:aws:lambda:eu-central-1::runtime:775dab0d220a0b97\n';

/** A whole invocation of the text format, its lines spread over its duration. */
export function invocation(
  id: string,
  atMs: number,
  durationMs: number,
  lines: readonly string[] = [],
): (readonly [number, string])[] {
  const step = durationMs / (lines.length + 1);
  return [
    [atMs, start(id)],
    ...lines.map((line, index) => [Math.floor(atMs + step * (index + 1)), line] as const),
    [atMs + durationMs, end(id)],
    [atMs + durationMs, report(id, durationMs)],
  ];
}

export interface Fixture {
  readonly kind: string;
  readonly message: string;
  readonly source: string;
  readonly fields?: readonly string[];
}

const fixtureText = (name: string): string => readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8');

export const fixtureLines = <T = Fixture>(name: string): T[] =>
  fixtureText(name)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);

export const fixturePayload = <T>(name: string): T => JSON.parse(fixtureText(`payloads/${name}`)) as T;
