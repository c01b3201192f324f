import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { AlertRequested } from '../../packages/contracts/src/index.ts';
import { type Sandbox, VirtualClock } from '../../packages/sandbox/src/index.ts';
import { FakeChannels } from '../../packages/sandbox/src/testing/channels/fake-channels.ts';
import { type AlertingStack, startAlertingStack } from './alerts/alerting-stack.ts';
import { clickOnEach, quantile } from './alerts/click.ts';
import { compare, escalationTimes } from './alerts/compare.ts';
import { HeardMessages } from './alerts/heard-messages.ts';
import { type Outbox, readOutbox } from './alerts/read-outbox.ts';
import { type StormEvent, stormOf } from './alerts/storm.ts';
import { troubledChannels } from './alerts/troubled-channels.ts';
import type { BenchmarkReport } from './benchmark.ts';
import { renderFigures } from './render-figures.ts';

/** `LAMPLIGHTER_BENCH_ALERTS` asks for another number. */
const ALERTS = Number(process.env.LAMPLIGHTER_BENCH_ALERTS ?? 100_000);
const SEED = 11;
/** An hour before Europe's clocks go forward: escalations go on over it. */
const START_MS = Date.UTC(2026, 2, 29, 0, 55);
const MINUTE_MS = 60_000;
const PER_CALL = 10;
const CALLS_AT_ONCE = 4;
/**
 * Events that are published before the clock moves on, `LAMPLIGHTER_BENCH_BURST` of them where that is given. Workers' clocks run on at real speed while
 * the sandbox's stands: the longer a burst takes, the further they are apart.
 */
const BURST = Number(process.env.LAMPLIGHTER_BENCH_BURST ?? 250);
/** After these many minutes every escalation has taken its steps; retries and stand-ins have two hours more. */
const ESCALATION_MINUTES = 20;
const LONGEST_MINUTES = 150;
const MOST_LATE_MS = 15_000;
const CLICKS = 400;
const LONGEST_CLICK_MS = 200;

/** A storm of alerts through the packaged stack, with channels in trouble and workers that crash; then the outbox is compared with what was heard. */
export async function run(): Promise<BenchmarkReport> {
  const startedAt = performance.now();
  const clock = new VirtualClock(START_MS);
  const heard = new HeardMessages();
  const channels = await FakeChannels.start({ now: () => clock.now(), onTaken: (message) => heard.hear(message) });
  const stack = await startAlertingStack(channels.url, clock);
  channels.trouble = troubledChannels(SEED, () => clock.now());
  const { openings, ends } = stormOf(ALERTS);
  const crashes = injectCrashes(stack.sandbox);
  const tell = (phase: string) => console.error(`${Math.round((performance.now() - startedAt) / 1000)} s: ${phase}`);
  tell(`the stack stands; ${openings.length} alerts`);
  await blow(stack, openings, 0);
  tell('all are raised');
  await settle(stack, MINUTE_MS);
  await blow(stack, ends, 1);
  for (const crash of crashes) crash.lift();
  tell(`${ends.length} have recovered`);
  const outbox = await untilToldAll(stack);
  tell('nothing is to be told any more');
  const open = [...outbox.alerts.values()].filter(({ state }) => state === 'open').slice(0, CLICKS);
  const clicks = await clickOnEach(
    stack,
    open.map(({ alertId }) => alertId),
  );
  const slack = heard.readSlack(channels.slack);
  const subjects = openings.map(({ subjectId }) => subjectId);
  const times = escalationTimes(outbox);
  const figures = {
    alerts: subjects.length,
    ...compare(subjects, outbox, heard),
    doubled: slack.doubled,
    groups: outbox.alerts.size,
    slackMessages: slack.messages,
    repeatedUnderOneKey: heard.repeatedUnderOneKey,
    crashes: crashes.reduce((sum, { hits }) => sum + hits, 0),
    clicks: clicks.cold.length + clicks.warm.length,
    clickColdMs: Math.round(quantile(clicks.cold, 1)),
    clickMedianMs: Math.round(quantile(clicks.warm, 0.5)),
    clickP99Ms: Math.round(quantile(clicks.warm, 0.99)),
    escalationSteps: times.steps,
    escalationLatestMs: times.latestMs,
    escalationEarliestMs: times.earliestMs,
    seconds: Math.round((performance.now() - startedAt) / 1000),
  };
  await stack.stop();
  await channels.stop();
  const isWithinLimits =
    figures.lost + figures.doubled + figures.pending === 0 &&
    figures.saidDeliveredButUnseen + figures.saidUnsentButSeen === 0 &&
    figures.clickP99Ms <= LONGEST_CLICK_MS &&
    times.latestMs <= MOST_LATE_MS &&
    times.earliestMs >= 0;
  return { figures, text: renderFigures(figures), isWithinLimits };
}

/** Lets minutes pass until no delivery is pending, and gives what the outbox says then. */
async function untilToldAll(stack: AlertingStack): Promise<Outbox> {
  for (let minute = 1; ; minute++) {
    await settle(stack, MINUTE_MS);
    if (minute < ESCALATION_MINUTES) continue;
    const outbox = await readOutbox(stack.sandbox);
    const isPending = [...outbox.deliveries.values()].flat().some(({ state }) => state === 'pending');
    if (!isPending || minute >= LONGEST_MINUTES) return outbox;
  }
}

/** Workers die before and after what they do to the outbox and its queue, as often as a bad day would have it. */
function injectCrashes({ faults }: Sandbox) {
  const functions = ['AcceptEventRole', 'DeliverAlertRole', 'RelayOutboxRole', 'AdvanceEscalationRole'];
  return (['before', 'after'] as const).map((when, index) =>
    faults.inject({
      probability: 0.0005,
      seed: SEED + index,
      caller: ({ roleArn }) => functions.some((name) => roleArn?.includes(name)),
      effect: { kind: 'crash-caller', when },
    }),
  );
}

async function blow(stack: AlertingStack, events: readonly StormEvent[], revision: number): Promise<void> {
  for (let at = 0; at < events.length; at += BURST) {
    await publish(stack, events.slice(at, at + BURST), revision);
    await settle(stack, 1_000);
  }
}

async function publish(
  { sandbox, clock }: AlertingStack,
  events: readonly StormEvent[],
  revision: number,
): Promise<void> {
  const client = sandbox.client(EventBridgeClient);
  const entries = events.map(({ subjectId, groupKey, severity, change }) => ({
    ...AlertRequested.entry(
      {
        change,
        groupKey,
        subject: { kind: 'other', id: subjectId },
        revision,
        severity,
        title: `${groupKey} is in trouble`,
        text: `${subjectId} says so.`,
        at: clock.now(),
      },
      `${subjectId}/${revision}`,
    ),
    EventBusName: 'lamplighter-dev',
  }));
  const calls = Array.from({ length: Math.ceil(entries.length / PER_CALL) }, (_, call) =>
    entries.slice(call * PER_CALL, (call + 1) * PER_CALL),
  );
  const next = calls.values();
  const work = async (): Promise<void> => {
    for (const Entries of next) await client.send(new PutEventsCommand({ Entries }));
  };
  await Promise.all(Array.from({ length: CALLS_AT_ONCE }, work));
  client.destroy();
}

async function settle({ sandbox, clock }: AlertingStack, ms: number): Promise<void> {
  await sandbox.idle();
  await clock.advance(ms);
  await sandbox.idle();
}
