import type { Change } from '../change.ts';
import type { RemedyContext } from '../remedy-context.ts';
import type { Meter } from '../traffic/metered-minute.ts';
import type { RepairTrial } from './judge-repair.ts';
import { unserved } from './measured.ts';

/**
 * The trial with what has to be metered for it. A limit refuses callers at the door, where no log is written: of whatever class its finding is, those who are
 * turned away are counted with those whose call fails, and no limit may raise their number.
 */
export function meteredTrial(trial: RepairTrial, change: Change, context: RemedyContext): RepairTrial {
  if (trial.metric === 'none') return trial;
  if (trial.metric === 'iterator-age-ms') return { ...trial, meter: 'iterator-age' };
  const meter = meterOfLimit(change);
  return meter === undefined ? trial : { ...trial, meter, unservedBefore: unservedBefore(meter, context).before };
}

/** What is metered for a trial; one that an earlier version planned names it by its metric alone. */
export const meterOf = ({ meter, metric }: Pick<RepairTrial, 'meter' | 'metric'>): Meter | undefined =>
  meter ?? (metric === 'throttled-share' ? 'attempts' : undefined);

export const meterOfLimit = ({ kind }: Change): Meter | undefined =>
  (({ 'lambda-reserved-concurrency': 'attempts', 'api-throttle': 'api-requests' }) as const)[kind as string];

/** What is not known of those who were refused is taken to be none: a limit is then undone the sooner. */
export function unservedBefore(meter: Meter, { traffic, normal, api }: RemedyContext) {
  const [refused, usually] =
    meter === 'api-requests'
      ? [api?.refusedShare, api?.usuallyRefusedShare]
      : [traffic.throttledShare, normal?.throttledShare];
  return {
    before: unserved(refused ?? usually ?? 0, traffic.failureShare),
    usual: normal && unserved(usually ?? 0, normal.failureShare),
  };
}
