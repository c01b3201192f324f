import { isDeepStrictEqual } from 'node:util';
import { GetAliasCommand, GetFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { Remediation } from '../../../packages/contracts/src/index.ts';
import { BOOKING_FUNCTION } from '../../demo/house/releases.ts';
import type { HeardFinding } from '../faults/heard-findings.ts';
import { comeToRest, type Minute } from './come-to-rest.ts';
import { fullMinutesAfter } from './judge-case.ts';
import { minutesOf } from './minutes-of.ts';
import type { Stage } from './sample-cases.ts';

const MINUTE_MS = 60_000;
const TARGET = 'api-change-itineraries';
const HEALTHY_MINUTES = 4;
const PATIENCE = 14;
const RECOVERY_MINUTES = 3;
/** Of a hundred calls of the new release, and of the old one once the new one is out. */
const NEW_FAILS_PCT = 30;
const OLD_FAILS_PCT = 90;

/** A repair that made things worse, and what became of it. */
export interface HarmRow {
  readonly fault: string;
  readonly finding: string;
  readonly findingId: string;
  readonly repair: Remediation | undefined;
  readonly change: string;
  /** Shares of calls that failed: before the repair, while it was in force, once it was undone. */
  readonly failedBefore: number;
  readonly failedDuring: number;
  readonly failedAfter: number;
  /** Whole minutes with calls until it was undone. */
  readonly undoneAfterWindows: number | '';
  readonly ended: string;
  /** What the SDK read before the finding, while the repair was in force, and at the end. */
  readonly snapshot: string;
  readonly during: string;
  readonly restored: string;
  readonly isEqual: boolean;
}

/**
 * A release that came with a migration: a third of its calls fail, so the rollback is right by all that can be seen; but the release before it cannot live
 * with the migrated data, and fails nearly always. The repair is what makes it worse, and nothing is injected after it.
 */
export async function runHarmfulRollback(stage: Stage, minute: Minute): Promise<HarmRow> {
  const { house, sample } = stage;
  const releases = await stage.releases();
  await comeToRest(house, BOOKING_FUNCTION, minute);
  for (let at = 0; at < HEALTHY_MINUTES; at++) await minute();
  const onset = sample.now() - (sample.now() % MINUTE_MS);
  await releases.release('migrated');
  await sample.setFaults({
    errorRate: { pct: NEW_FAILS_PCT, functions: [TARGET] },
    badRelease: { release: 'r1', pct: OLD_FAILS_PCT, functions: [TARGET] },
  });
  const snapshot = await readConfiguration(stage);
  const heard: HeardFinding[] = [];
  let during = '';
  let repair: Remediation | undefined;
  for (let at = 0; at < PATIENCE && repair?.endedAt === undefined; at++) {
    heard.push(...(await minute()));
    repair = (await repairsSince(stage, onset))[0];
    const now = await readConfiguration(stage);
    if (repair?.state === 'verifying' && !isDeepStrictEqual(now, snapshot)) during = JSON.stringify(now.alias);
  }
  for (let at = 0; at < RECOVERY_MINUTES; at++) await minute();
  const restored = await readConfiguration(stage);
  const { minutes } = await minutesOf(house, BOOKING_FUNCTION, onset, sample.now());
  const { appliedAt = Number.POSITIVE_INFINITY, endedAt = Number.POSITIVE_INFINITY } = repair ?? {};
  const whole = (from: number, until: number) =>
    failedShare(fullMinutesAfter(minutes, from).filter(({ start }) => start + MINUTE_MS <= until));
  const found = heard.find(({ finding }) => finding.findingId === repair?.findingId)?.finding;
  await sample.setFaults({});
  return {
    fault: 'the release before cannot read what this one migrated',
    finding: found?.class ?? '',
    findingId: found?.findingId ?? '',
    repair,
    change: repair?.title ?? '',
    failedBefore: whole(onset, appliedAt),
    failedDuring: whole(appliedAt, endedAt),
    failedAfter: whole(endedAt, Number.POSITIVE_INFINITY),
    undoneAfterWindows: repair?.verification?.windows ?? '',
    ended: repair?.state ?? 'no playbook answers',
    snapshot: JSON.stringify(snapshot.alias),
    during,
    restored: JSON.stringify(restored.alias),
    isEqual: JSON.stringify(restored) === JSON.stringify(snapshot),
  };
}

/** The alias and the whole function behind it, as the SDK reads them; a revision is new with each writing, and says nothing of what was written. */
async function readConfiguration({ house }: Stage) {
  const client = house.sandbox.client(LambdaClient);
  const named = { FunctionName: BOOKING_FUNCTION };
  const alias = await client.send(new GetAliasCommand({ ...named, Name: 'live' }));
  const { Configuration, Concurrency, Tags } = await client.send(
    new GetFunctionCommand({ ...named, Qualifier: 'live' }),
  );
  const { $metadata: _, RevisionId: __, ...settings } = alias;
  return { alias: settings, function: { ...Configuration, RevisionId: undefined, Concurrency, Tags } };
}

async function repairsSince({ house }: Stage, onset: number): Promise<readonly Remediation[]> {
  const answer = await house.remediations({ kind: 'recent', limit: 50 });
  const repairs = answer.kind === 'remediations' ? answer.remediations : [];
  return repairs
    .filter(({ plannedAt, playbook }) => plannedAt >= onset && playbook === 'alias-rollback')
    .sort((a, b) => a.plannedAt - b.plannedAt);
}

function failedShare(minutes: readonly { readonly calls: number; readonly failureShare: number }[]): number {
  const calls = minutes.reduce((sum, one) => sum + one.calls, 0);
  const failed = minutes.reduce((sum, one) => sum + one.calls * one.failureShare, 0);
  return calls === 0 ? 0 : Number((failed / calls).toFixed(3));
}
