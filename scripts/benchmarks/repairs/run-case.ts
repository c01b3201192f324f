import type { Remediation } from '../../../packages/contracts/src/index.ts';
import type { HeardFinding } from '../faults/heard-findings.ts';
import { PREFIX } from '../faults/sample.ts';
import { comeToRest, type Minute } from './come-to-rest.ts';
import { BACK_WITHIN_WINDOWS, type CaseRecord, fullMinutesAfter } from './judge-case.ts';
import { minutesOf } from './minutes-of.ts';
import type { RepairCase, Stage } from './sample-cases.ts';

const MINUTE_MS = 60_000;
/** Minutes before an onset that say what is usual. */
const USUAL_MINUTES = 12;
/** One more than what it may take: the last of them has to hold as well. */
const MINUTES_AFTER = BACK_WITHIN_WINDOWS + 1;
/** Minutes after a finding in which somebody could have planned for it. */
const UNANSWERED_MINUTES = 2;
/** After a fault is lifted: what it leaves behind shows now, and resources cool down. */
const RECOVERY_MINUTES = 2;

/** Injects a fault, waits until what was done about it shows, lifts it, and lets everything come to rest. */
export async function runCase(one: RepairCase, stage: Stage, minute: Minute): Promise<CaseRecord> {
  const { fault, right, because } = one;
  const { house, sample } = stage;
  const functionName = PREFIX + fault.target;
  await comeToRest(house, functionName, minute);
  await fault.prepare?.(sample);
  await minute();
  const onset = sample.now() - (sample.now() % MINUTE_MS);
  await fault.inject(sample);
  const heard: HeardFinding[] = [];
  let repairs: readonly Remediation[] = [];
  for (let at = 0; at < one.patience; at++) {
    heard.push(...(await minute(fault.goOn && (() => fault.goOn!(sample)))));
    repairs = await plannedSince(stage, onset);
    const { minutes } = await minutesOf(house, functionName, onset, sample.now());
    if (isOver({ heard, repairs, minutes, right, now: sample.now(), functionName })) break;
  }
  const [before, since] = await Promise.all([
    minutesOf(house, functionName, onset - USUAL_MINUTES * MINUTE_MS, onset),
    minutesOf(house, functionName, onset, sample.now()),
  ]);
  const truth = await one.truth(stage);
  await fault.lift(sample);
  for (let at = 0; at < RECOVERY_MINUTES; at++) await minute();
  repairs = await plannedSince(stage, onset, since.minutes.at(-1)?.start);
  return {
    ...{ fault: fault.name, functionName, right, because, onset, heard, repairs, truth },
    before: before.minutes,
    usualCallMs: before.callMs,
    since: since.minutes,
  };
}

interface Progress extends Pick<CaseRecord, 'heard' | 'repairs' | 'right' | 'functionName'> {
  readonly minutes: CaseRecord['since'];
  readonly now: number;
}

/** Whether nothing more can come: a repair has ended and its minutes are seen, or nobody planned for what was found. */
function isOver({ heard, repairs, minutes, right, now, functionName }: Progress): boolean {
  const own = repairs.filter(({ playbook }) => right.includes(playbook));
  const kept = own.find(({ state }) => state === 'kept');
  if (kept !== undefined) return fullMinutesAfter(minutes, kept.appliedAt ?? now).length >= MINUTES_AFTER;
  if (right.length > 0) return false;
  const first = heard.find(({ change, finding }) => change === 'opened' && finding.resource.name === functionName);
  const isAnswered = repairs.length > 0;
  if (first === undefined) return false;
  return isAnswered
    ? repairs.every(({ endedAt }) => endedAt !== undefined && now - endedAt >= UNANSWERED_MINUTES * MINUTE_MS)
    : now - first.heardAt >= UNANSWERED_MINUTES * MINUTE_MS;
}

async function plannedSince({ house }: Stage, onset: number, until = Number.POSITIVE_INFINITY) {
  const answer = await house.remediations({ kind: 'recent', limit: 50 });
  const repairs = answer.kind === 'remediations' ? answer.remediations : [];
  return repairs.filter(({ plannedAt }) => plannedAt >= onset && plannedAt <= until + 2 * MINUTE_MS);
}
