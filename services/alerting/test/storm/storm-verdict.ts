import type { Delivery } from '../../src/domain/delivery.ts';
import type { StormWorld } from './storm-world.ts';

const STEP_MS = 300_000;

/** What has to be zero, and what came to pass, once nothing is to be told any more. */
export function verdictOn(subjects: readonly string[], world: StormWorld) {
  const told = { lost: 0, delivered: 0, undeliverable: 0 };
  for (const subject of subjects) told[fateOf(subject, world)]++;
  const deliveries = world.outbox.deliveries();
  return {
    ...told,
    doubled: world.channels.doubled(),
    pending: deliveries.filter(({ state }) => state === 'pending').length,
    /** Rows of the outbox that say other than what the recipient saw. */
    unlikeLedger: deliveries.filter((delivery) => !isLikeLedger(delivery, world)).length,
    deadLetters: world.incoming.deadLetters.length + world.deliveries.deadLetters.length,
    ...escalations(deliveries, world),
    toldAfterMs: { critical: waits('critical', world), warning: waits('warning', world) },
    limited: world.channels.limited,
    mailsGivenUp: deliveries.filter(({ channel, state }) => channel === 'mail' && state !== 'delivered').length,
  };
}

function fateOf(subject: string, { outbox, channels }: StormWorld): 'delivered' | 'undeliverable' | 'lost' {
  const member = outbox.member({ kind: 'other', id: subject });
  const own = member ? [...(outbox.rows.get(member.alertId)?.values() ?? [])].map(({ value }) => value) : [];
  const isTold = own.some(
    ({ alertId, channel, recipient, sent }) => sent >= 0 && channels.seen(alertId, channel, recipient) !== undefined,
  );
  if (isTold) return 'delivered';
  const isShown =
    own.length > 0 && own.every(({ state, reason }) => state !== 'delivered' && state !== 'pending' && reason);
  return isShown ? 'undeliverable' : 'lost';
}

/** The revision that was sent is the newest that was seen. One that was given up may have been seen without an answer. */
function isLikeLedger({ alertId, channel, recipient, state, sent }: Delivery, { channels }: StormWorld): boolean {
  const seen = channels.seen(alertId, channel, recipient) ?? -1;
  return state === 'delivered' ? seen === sent : seen >= sent;
}

/** How far each step was from the minute that the policy gives it, and alerts that nobody took on and that did not go through all steps. */
function escalations(deliveries: readonly Delivery[], { outbox }: StormWorld) {
  const offsets = deliveries.flatMap(({ alertId, step, plannedAt, fallbackOf }) => {
    const { openedAt } = outbox.alerts.get(alertId)!.value;
    return step > 0 && fallbackOf === undefined ? [plannedAt - openedAt - step * STEP_MS] : [];
  });
  const open = [...outbox.alerts.values()].map(({ value }) => value).filter(({ state }) => state === 'open');
  return {
    steps: offsets.length,
    earliestMs: offsets.reduce((least, offset) => Math.min(least, offset), 0),
    latestMs: offsets.reduce((most, offset) => Math.max(most, offset), 0),
    stuckEscalations: open.filter(({ nextStepAt }) => nextStepAt !== undefined).length,
  };
}

/** How long alerts of a severity that are not over waited until anybody saw them, ms: half of them at most so long, and the last. */
function waits(severity: 'critical' | 'warning', { outbox, channels }: StormWorld) {
  const own = [...outbox.alerts.values()].map(({ value }) => value);
  const sorted = own
    .filter((alert) => alert.severity === severity && alert.state === 'open')
    .flatMap(({ alertId, openedAt }) => {
      const toldAt = channels.toldAt(alertId);
      return toldAt === undefined ? [] : [toldAt - openedAt];
    })
    .sort((a, b) => a - b);
  return { median: sorted[Math.floor(sorted.length / 2)] ?? 0, last: sorted.at(-1) ?? 0 };
}
