import { requestGroup } from '../../domain/signals/signal-from-request.ts';
import { channelsReached, syntheticIdOn } from '../../domain/synthetic-alert.ts';
import type { OutboxPort, ReportChannelsPort } from '../../ports.ts';

export interface CheckSyntheticAlertDeps {
  readonly outbox: Pick<OutboxPort, 'group'>;
  readonly report: ReportChannelsPort;
  readonly now: () => number;
}

/** Time for an alert to go through a channel that is alive. */
const HALF_AN_HOUR_MS = 30 * 60_000;

/**
 * Reports for each channel whether today's synthetic alert has reached somebody there: the channels are those of the policy that was in force when it was sent,
 * whatever the deployed one says. Nothing is reported where there is none, or it has only just been sent: the absence of a report rings, too.
 * @returns channels that it did not reach
 */
export async function checkSyntheticAlert({ outbox, report, now }: CheckSyntheticAlertDeps): Promise<string[]> {
  const at = now();
  const { current } = await outbox.group(requestGroup(syntheticIdOn(at)));
  if (current === undefined || at - current.alert.value.openedAt < HALF_AN_HOUR_MS) return [];
  const reached = channelsReached(current.deliveries.map(({ value }) => value));
  await report([...reached.values()]);
  return [...reached].flatMap(([channel, isReached]) => (isReached ? [] : [channel]));
}
