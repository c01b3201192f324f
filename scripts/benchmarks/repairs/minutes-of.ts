import {
  figuresByMinute,
  type MinuteFigures,
  mergedSketch,
  quantileOf,
  type Traffic,
  trafficOf,
} from '../../../packages/remedies/src/index.ts';
import type { House } from '../../demo/house/house.ts';

/** What the audit says of a function between two times. */
export interface WatchedMinutes {
  readonly minutes: readonly MinuteFigures[];
  readonly traffic: Traffic;
  /** Milliseconds that this share of all calls took at most; without those that started an environment. */
  readonly callMs: (share: number) => number;
}

export async function minutesOf(
  house: House,
  functionName: string,
  since: number,
  until: number,
): Promise<WatchedMinutes> {
  const answer = await house.audit({ kind: 'windows', functionName, since, until });
  const windows = answer.kind === 'windows' ? answer.windows : [];
  const sketch = mergedSketch(windows.map(({ durationSketch }) => durationSketch));
  const coldStarts = windows.reduce((sum, window) => sum + window.coldStarts, 0);
  return {
    minutes: figuresByMinute(windows),
    traffic: trafficOf(windows),
    callMs: (share) => quantileOf(sketch, share, coldStarts),
  };
}
