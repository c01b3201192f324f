import type { AlertsAnswer } from '@lamplighter/contracts';
import type { AlertList } from '../../domain/alert-list.ts';
import { alertView } from '../../domain/alert-view.ts';
import { whyMissed } from '../../domain/missed.ts';
import { worstFirst } from '../../domain/worst-first.ts';
import type { OutboxPort, PolicyPort, StoredAlertWithDeliveries } from '../../ports.ts';

export interface ListedAlertsDeps {
  readonly outbox: Pick<OutboxPort, 'listed' | 'read'>;
  readonly policy: PolicyPort;
  readonly now: () => number;
}

const MOST_ANSWERED = 100;
/** Names are cheap: thousands in one read. */
const MOST_COUNTED = 20_000;
const MOST_JUDGED = 2_000;
const JUDGED_AT_ONCE = 25;
/** A person waits for the answer. */
const LONGEST_MS = 8_000;

/** What was written before there were lists by severity may be as bad as anything. */
const BY_SEVERITY: readonly AlertList[] = ['open/critical', 'open', 'open/warning', 'open/info'];

/** What somebody may have to be told of now comes before what is over, of which 400 days may lie here. */
const WHERE_MISSED: readonly AlertList[] = ['open/critical', 'open', 'missed', 'ended', 'open/warning', 'open/info'];

/** The worst of the open alerts, as many as an answer takes (6 MB), and how many there are; not how many where counting takes too long. */
export async function openAlerts({ outbox, now }: ListedAlertsDeps): Promise<AlertsAnswer> {
  const deadline = now() + LONGEST_MS;
  const worst: string[] = [];
  let total = 0;
  let isCounted = true;
  for await (const page of pagesOf(BY_SEVERITY, outbox)) {
    worst.push(...page.slice(0, MOST_ANSWERED - worst.length));
    total += page.length;
    isCounted = total < MOST_COUNTED && now() < deadline;
    if (!isCounted) break;
  }
  return answerOf(await outbox.read(worst), isCounted ? total : undefined);
}

/** Alerts that were missed, whether they are over or not. Each has to be looked at with its deliveries; not how many where that takes too long. */
export async function missedAlerts({ outbox, policy, now }: ListedAlertsDeps): Promise<AlertsAnswer> {
  const deadline = now() + LONGEST_MS;
  const inForce = await policy();
  const isMissed = ({ alert, deliveries }: StoredAlertWithDeliveries) =>
    whyMissed(alert.value, { deliveries: deliveries.map(({ value }) => value), policy: inForce, now: now() });
  const missed: StoredAlertWithDeliveries[] = [];
  let judged = 0;
  let isThrough = true;
  for await (const page of pagesOf(WHERE_MISSED, outbox)) {
    for (let at = 0; at < page.length && isThrough; at += JUDGED_AT_ONCE) {
      const some = await outbox.read(page.slice(at, at + JUDGED_AT_ONCE));
      missed.push(...some.filter(isMissed));
      judged += JUDGED_AT_ONCE;
      isThrough = judged < MOST_JUDGED && now() < deadline;
    }
    if (!isThrough) break;
  }
  return answerOf(missed, isThrough ? missed.length : undefined);
}

async function* pagesOf(lists: readonly AlertList[], outbox: ListedAlertsDeps['outbox']) {
  for (const list of lists) yield* outbox.listed(list);
}

function answerOf(found: readonly StoredAlertWithDeliveries[], total: number | undefined): AlertsAnswer {
  const worst = [...found].sort((a, b) => worstFirst(a.alert.value, b.alert.value)).slice(0, MOST_ANSWERED);
  return { kind: 'alerts', alerts: worst.map(viewOf), ...(total !== undefined && { total }) };
}

/** An alert as others see it, as it was read. */
export const viewOf = ({ alert, deliveries }: StoredAlertWithDeliveries) =>
  alertView(
    alert.value,
    deliveries.map(({ value }) => value),
  );
