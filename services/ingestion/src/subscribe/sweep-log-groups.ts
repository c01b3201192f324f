import { goOnBehind } from '../domain/go-on-behind.ts';
import { SPANS_LOG_GROUP } from '../domain/spans/spans-log-group.ts';
import type { ListedLogGroup, RoundsPort } from '../ports.ts';
import { type SubscribeDeps, subscribeListed, subscribeLogGroup } from './subscribe-log-group.ts';

export interface SweepDeps extends SubscribeDeps {
  readonly rounds: RoundsPort;
  /** Until the run is broken off, milliseconds. */
  readonly remainingMs: () => number;
}

/** Each group costs two calls, of which CloudWatch Logs takes only some a second from an account: more at once would only be throttled. */
const AT_ONCE = 8;
/** For ending what is under way, and for saying where the round has stopped. */
const RESERVE_MS = 30_000;

/**
 * Every watched group that has no subscription yet: those from before the installation, and those whose event was missed. A round that does
 * not get through in time is gone on with by the next one, so that no group is always too late.
 */
export async function sweepLogGroups(deps: SweepDeps): Promise<void> {
  const failures: unknown[] = [];
  const look = async (work: Promise<unknown>) => {
    const [outcome] = await Promise.allSettled([work]);
    if (outcome.status === 'rejected') failures.push(outcome.reason);
  };
  await look(subscribeLogGroup(SPANS_LOG_GROUP, deps, { created: false }));
  const listed: ListedLogGroup[] = [];
  for await (const group of deps.logGroups.list(deps.policy.watchedPrefix)) listed.push(group);
  const groups = goOnBehind(listed, ({ logGroup }) => logGroup, await deps.rounds.stoppedAt('sweep'));
  const begun = await inLanes(groups, deps, (group) => look(subscribeListed(group, deps, { created: false })));
  await deps.rounds.stop('sweep', begun < groups.length ? groups[begun - 1]?.logGroup : undefined);
  // One group's trouble holds up no other, and is still seen: the run fails, and the next one tries again.
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} log groups could not be looked at`);
}

/** How many were begun, and have ended, before time ran out: one at least. */
async function inLanes(
  groups: readonly ListedLogGroup[],
  { remainingMs }: SweepDeps,
  effect: (group: ListedLogGroup) => Promise<void>,
): Promise<number> {
  let next = 0;
  const lane = async () => {
    while (next < groups.length && (next === 0 || remainingMs() > RESERVE_MS)) await effect(groups[next++]!);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return next;
}
