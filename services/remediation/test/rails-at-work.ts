import { dynamoDbGuard } from '../src/adapters/dynamodb-guard.ts';
import { advanced } from '../src/domain/advance-remediation.ts';
import type { RemediationConfig } from '../src/domain/remediation-config.ts';
import type { StoredRemediation } from '../src/domain/stored-remediation.ts';
import { admitRepair } from '../src/steps/admit-repair.ts';
import { guardRepair } from '../src/steps/guard-repair.ts';
import { admitTakeBack, letGo } from '../src/steps/hold-repair.ts';
import { type Ending, recordRepair } from '../src/steps/record-repair.ts';
import type { StepDeps } from '../src/steps/step-deps.ts';
import { memoryRemediations } from './a-repair.ts';
import { memoryTable } from './memory-table.ts';

/** A repair that was let in, as whoever pays for it sees it; epoch milliseconds. */
export interface LetIn {
  readonly stored: StoredRemediation;
  readonly at: number;
  /** When it gave its lock back. */
  unlockedAt?: number;
  /** When it ceased to cost. */
  endedAt?: number;
  ending?: Ending;
}

const MINUTE_MS = 60_000;

/** The steps of repairs with the rails of a real table, and beside it a book of what was let in, which the rails never see. */
export function railsAtWork(startMs: number, config: RemediationConfig) {
  const remediations = memoryRemediations();
  const clock = { now: startMs };
  const kill = { isOn: false };
  const steps = {
    remediations,
    guard: dynamoDbGuard(memoryTable().client, 'repairs'),
    config: async () => config,
    killSwitch: { isOn: async () => kill.isOn },
    experience: { learn: async () => undefined },
    home: { accountId: '123456789012', region: 'us-east-1' },
    now: () => clock.now,
  } as unknown as StepDeps;
  const waiting = new Set<string>();
  const book = new Map<string, LetIn>();

  const step = async (id: string): Promise<void> => {
    const { next } = await guardRepair(id, steps);
    if (next === 'wait') return;
    const admitted = next === 'automatic' ? await admitRepair(id, steps) : { next: 'over' };
    if (admitted.next === 'wait') return;
    waiting.delete(id);
    if (admitted.next !== 'admitted') return;
    const { value, version } = (await remediations.read(id))!;
    await remediations.write(advanced(value, { state: 'verifying', appliedAt: clock.now }, clock.now), version);
    book.set(id, { stored: value, at: clock.now });
  };
  const end = async (one: LetIn, ending: Ending): Promise<void> => {
    const { remediationId } = one.stored.remediation;
    await recordRepair(remediationId, ending, 'it is over', steps);
    one.ending = ending;
    one.unlockedAt ??= clock.now;
    if (ending !== 'kept' || one.stored.untilMinutes !== undefined) one.endedAt = clock.now;
    // As if it had never been: what was let in and changed nothing.
    if (ending === 'untouched') book.delete(remediationId);
  };
  /** What stays for a while is taken back when its time is over and it gets its turn. */
  const takeBack = async (): Promise<void> => {
    for (const one of book.values()) {
      const dueAt = one.at + (one.stored.untilMinutes ?? Number.POSITIVE_INFINITY) * MINUTE_MS;
      if (one.ending !== undefined || one.unlockedAt === undefined || dueAt > clock.now) continue;
      const { next } = await admitTakeBack(one.stored.remediation.remediationId, steps);
      if (next === 'admitted') await end(one, 'kept');
    }
  };

  return {
    clock,
    kill,
    book: () => [...book.values()],
    read: async (remediationId: string) => (await remediations.read(remediationId))?.value.remediation,
    plan: async (stored: StoredRemediation): Promise<void> => {
      await remediations.write(stored, 0);
      waiting.add(stored.remediation.remediationId);
    },
    /** Of all that wait at once, so that they meet before the same rails. */
    round: () => Promise.all([...waiting].map(step)),
    /** Ends one of those that hold a lock; one that stays for a while lets go of it instead, where it is kept. */
    finish: async (which: number, ending: Ending): Promise<void> => {
      const open = [...book.values()].filter(({ unlockedAt, ending: over }) => unlockedAt === undefined && !over);
      const one = open[which % Math.max(1, open.length)];
      if (one === undefined) return;
      if (ending !== 'kept' || one.stored.untilMinutes === undefined) return end(one, ending);
      await letGo(one.stored.remediation.remediationId, steps);
      one.unlockedAt = clock.now;
    },
    pass: async (minutes: number): Promise<void> => {
      for (let left = minutes; left > 0; left -= 10) {
        clock.now += Math.min(left, 10) * MINUTE_MS;
        await takeBack();
      }
    },
  };
}
