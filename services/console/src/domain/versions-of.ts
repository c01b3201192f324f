import type { FunctionWindow } from '@lamplighter/contracts';
import { readSketch } from '@lamplighter/diagnosis';
import { mergeBins, quantileMs } from './latency-grid.ts';

/** What one version did, and when it was first and last seen: a version that begins is a deploy. */
export interface VersionView {
  readonly version: string;
  readonly firstSeen: number;
  readonly lastSeen: number;
  readonly invocations: number;
  readonly failures: number;
  readonly coldStarts: number;
  readonly p95Ms: number | null;
}

/** The versions of a function's minutes, the newest first. */
export function versionsOf(windows: readonly FunctionWindow[]): VersionView[] {
  const seen = windows.flatMap(({ start, byVersion = [] }) => byVersion.map((figures) => ({ start, ...figures })));
  return Object.values(Object.groupBy(seen, ({ version }) => version))
    .map((minutes = []) => ({
      version: minutes[0]!.version,
      firstSeen: Math.min(...minutes.map(({ start }) => start)),
      lastSeen: Math.max(...minutes.map(({ start }) => start)),
      invocations: minutes.reduce((sum, { invocations }) => sum + invocations, 0),
      failures: minutes.reduce((sum, { failures }) => sum + failures, 0),
      coldStarts: minutes.reduce((sum, { coldStarts }) => sum + coldStarts, 0),
      p95Ms: quantileMs(mergeBins(minutes.map(({ durationSketch }) => readSketch(durationSketch) ?? [])), 0.95) ?? null,
    }))
    .sort((a, b) => b.firstSeen - a.firstSeen);
}
