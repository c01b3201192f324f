import { figuresByMinute, type MinuteFigures, type Traffic, trafficOf } from '../../../packages/remedies/src/index.ts';
import type { House } from '../../demo/house/house.ts';

/** What the audit says of a function between two times. */
export interface WatchedMinutes {
  readonly minutes: readonly MinuteFigures[];
  readonly traffic: Traffic;
}

export async function minutesOf(
  house: House,
  functionName: string,
  since: number,
  until: number,
): Promise<WatchedMinutes> {
  const answer = await house.audit({ kind: 'windows', functionName, since, until });
  const windows = answer.kind === 'windows' ? answer.windows : [];
  return { minutes: figuresByMinute(windows), traffic: trafficOf(windows) };
}
