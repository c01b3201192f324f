import { expect, test } from '@jest/globals';
import type { AlertingPolicy } from '../../src/domain/policy/policy.ts';
import { signal } from '../signals.ts';
import { testPolicy } from '../test-policy.ts';
import { verdictOn } from './storm-verdict.ts';
import { StormWorld } from './storm-world.ts';

/** `LAMPLIGHTER_STORM_ALERTS` asks for another number. */
const ALERTS = Number(process.env.LAMPLIGHTER_STORM_ALERTS ?? 3_000);
/** Subjects that have one cause: most alone, some in floods. */
const GROUP_SIZES = [1, 1, 1, 1, 2, 3, 4, 27];
const PER_SECOND = 200;
const MINUTE_MS = 60_000;
/** What a worker's death costs a step of the escalation, where it strikes twice. */
const MOST_LATE_MS = 15_000;
/** The patience of what is critical and in nobody's hands, and its stand-in's troubles. */
const LONGEST_CRITICAL_MS = 7 * MINUTE_MS;
/** `LAMPLIGHTER_STORM_TEAMS` share them: the limits of channels are each one's. */
const TEAMS = Number(process.env.LAMPLIGHTER_STORM_TEAMS ?? 1);
/** Until the last warning is told: channels that take a message a second need hours for what is not critical. */
const LONGEST_MINUTES = 180 * Math.max(1, ALERTS / TEAMS / 20_000);

/** Mail stands last, and nothing stands in for it. The webhook `dead` answers nobody, and nothing stands in for it: what has to be shown as undeliverable. Nights in Berlin are quiet, below critical. */
function stormPolicy(): AlertingPolicy {
  const policy = testPolicy('http://127.0.0.1:1');
  const { hook } = policy.channels;
  return {
    ...policy,
    people: Object.fromEntries(
      Object.entries(policy.people).map(([name, person]) => [name, { ...person, email: `${name}@example.com` }]),
    ),
    channels: { ...policy.channels, dead: hook!, mail: { type: 'email', from: 'alerts@example.com' } },
    quietHours: {
      zone: 'Europe/Berlin',
      from: '04:00',
      until: '06:00',
      weekdays: [1, 2, 3, 4, 5, 6, 7],
      below: 'critical',
    },
    escalation: {
      ...policy.escalation,
      critical: [
        ...policy.escalation.critical.slice(0, 2),
        { afterMinutes: 5, to: ['everybody'], through: ['direct', 'pager', 'mail'] },
      ],
      info: [{ afterMinutes: 0, to: ['rota:first'], through: ['dead'] }],
    },
  };
}

/** So many subjects in groups; of a hundred groups, 45 are warnings, 5 go where nobody is, and 60 recover by themselves. */
function stormOf(alerts: number) {
  const subjects: { id: string; groupKey: string; severity: 'critical' | 'warning' | 'info'; recovers: boolean }[] = [];
  for (let group = 0; subjects.length < alerts; group++) {
    const roll = (group * 37) % 100;
    const severity = roll < 5 ? 'info' : roll < 50 ? 'warning' : 'critical';
    const size = Math.min(GROUP_SIZES[group % GROUP_SIZES.length]!, alerts - subjects.length);
    for (let member = 0; member < size; member++) {
      subjects.push({ id: `${group}-${member}`, groupKey: `g-${group}`, severity, recovers: (group * 61) % 100 < 60 });
    }
  }
  return subjects;
}

async function blow(startMs: number, seed: number) {
  const mortality = { before: 0.001, after: 0.001 };
  const world = new StormWorld({ startMs, seed, policy: stormPolicy(), mortality, teams: TEAMS });
  const storm = stormOf(ALERTS);
  const send = async (kind: 'open' | 'resolve', revision: number, some: typeof storm) => {
    for (let from = 0; from < some.length; from += PER_SECOND) {
      const at = world.agenda.now();
      const events = some.slice(from, from + PER_SECOND);
      world.incoming.send(
        events.map(({ id, groupKey, severity }) => signal(id, { kind, groupKey, severity, revision, at })),
      );
      await world.pass(1_000);
    }
  };
  await send('open', 0, storm);
  await world.pass(MINUTE_MS);
  await send(
    'resolve',
    1,
    storm.filter(({ recovers }) => recovers),
  );
  await world.pass(LONGEST_MINUTES * MINUTE_MS);
  return {
    world,
    verdict: verdictOn(
      storm.map(({ id }) => id),
      world,
    ),
  };
}

test.each([
  ['Europe’s clocks go forward', Date.UTC(2026, 2, 29, 0, 55)],
  ['New York’s clocks go back', Date.UTC(2026, 10, 1, 5, 55)],
  ['half of it comes and goes in the quiet hours', Date.UTC(2026, 0, 16, 3, 30)],
])(
  'a storm loses and doubles nothing while channels fail and workers die, as %s',
  async (_, startMs) => {
    const { world, verdict } = await blow(startMs, 11);

    if (ALERTS > 3_000)
      console.info({ alerts: ALERTS, calls: world.workers.calls, deaths: world.workers.deaths, ...verdict });
    expect(verdict).toMatchObject({
      lost: 0,
      doubled: 0,
      pending: 0,
      unlikeLedger: 0,
      deadLetters: 0,
      stuckEscalations: 0,
      mailsGivenUp: 0,
    });
    expect(verdict.delivered + verdict.undeliverable).toBe(ALERTS);
    expect(verdict.limited).toBeGreaterThan(ALERTS);
    expect(verdict.earliestMs).toBeGreaterThanOrEqual(0);
    expect(verdict.latestMs).toBeLessThanOrEqual(MOST_LATE_MS);
    expect(verdict.toldAfterMs.critical.last).toBeLessThanOrEqual(LONGEST_CRITICAL_MS);
    expect(verdict.toldAfterMs.warning.last).toBeGreaterThan(verdict.toldAfterMs.critical.last);
    expect(world.workers.deaths).toBeGreaterThan(0);
  },
  7_200_000,
);
