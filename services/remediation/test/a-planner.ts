import { AnomalyDetected, type Finding } from '@lamplighter/contracts';
import type { FunctionSettings } from '@lamplighter/remedies';
import { dynamoDbGuard } from '../src/adapters/dynamodb-guard.ts';
import { advanced } from '../src/domain/advance-remediation.ts';
import { RemediationConfig } from '../src/domain/remediation-config.ts';
import { planEvent } from '../src/functions/plan-remediation/plan-event.ts';
import { admitRepair } from '../src/steps/admit-repair.ts';
import { askForApproval } from '../src/steps/ask-for-approval.ts';
import { decideRepair } from '../src/steps/decide-repair.ts';
import { guardRepair } from '../src/steps/guard-repair.ts';
import { recordRepair } from '../src/steps/record-repair.ts';
import type { StepDeps } from '../src/steps/step-deps.ts';
import { memoryRemediations } from './a-repair.ts';
import { CALM } from './calm-traffic.ts';
import { memoryFindings } from './memory-findings.ts';
import { memoryTable } from './memory-table.ts';

export const HOME = { accountId: '123456789012', region: 'us-east-1' };

const TRAFFIC = { ...CALM, p95Ms: 2_900, maxMs: 3_000, failureShare: 0.2, timeoutShare: 0.2 };
const FUNCTION = {
  memorySizeMb: 256,
  timeoutS: 3,
  architecture: 'arm64',
  tracing: 'Active',
  aliases: [],
  versions: [],
  scaledAliases: [],
  tags: {},
  mappings: [],
} as unknown as FunctionSettings;

const never = () => Promise.reject(new Error('nobody should'));

/** A planner with the queue that holds its events, and executions that take the real steps before the rails of a real table, a round at a time. */
export function aPlanner(startMs: number, guardrails: object) {
  const remediations = memoryRemediations();
  const findings = memoryFindings();
  const clock = { now: startMs };
  const held: { body: string; at: number }[] = [];
  const ignored: string[] = [];
  const asked = { context: 0, adviser: 0 };
  /** What an execution does next. */
  const executions = new Map<string, 'guard' | 'asked' | 'admit' | 'admitted' | 'over'>();
  let meanwhile: () => Promise<unknown> = async () => undefined;
  let isKilled = false;
  const shared = {
    remediations,
    guard: dynamoDbGuard(memoryTable().client, 'repairs'),
    config: async () => RemediationConfig.parse({ guardrails, approvers: ['anna', 'ben'] }),
    killSwitch: { isOn: async () => isKilled, set: never },
    experience: { all: async () => [], learn: async () => undefined },
    home: HOME,
    now: () => clock.now,
  };
  const steps = { ...shared, approvalLinks: async () => [] } as unknown as StepDeps;
  const take = (body: string) =>
    planEvent(body, {
      ...shared,
      findings,
      adviser: async (_, remedies) => {
        asked.adviser += 1;
        return { remedies };
      },
      context: async (finding, now) => {
        asked.context += 1;
        await meanwhile();
        return { finding, now, traffic: TRAFFIC, function: { ...FUNCTION, functionName: finding.resource.name } };
      },
      logger: { info: (text) => void ignored.push(String(text)) },
      start: async (id) => void (executions.has(id) || executions.set(id, 'guard')),
      withdraw: async () => undefined,
      hold: async (message, delayMs) => void held.push({ body: message, at: clock.now + delayMs }),
    });
  const ask = async (id: string): Promise<void> => {
    const { next } = await guardRepair(id, steps);
    if (next === 'approve') await askForApproval(id, 'token', steps);
    const step = { automatic: 'admit', approve: 'asked', wait: 'guard' } as const;
    executions.set(id, step[next as keyof typeof step] ?? 'over');
  };
  const admit = async (id: string): Promise<void> => {
    const { next } = await admitRepair(id, steps);
    if (next === 'admitted') await become(id, { state: 'verifying', appliedAt: clock.now });
    const step = { admitted: 'admitted', wait: 'admit' } as const;
    executions.set(id, step[next as keyof typeof step] ?? 'over');
  };
  const become = async (id: string, change: Parameters<typeof advanced>[1]) => {
    const { value, version } = (await remediations.read(id))!;
    await remediations.write(advanced(value, change, clock.now), version);
  };
  const bodyOf = (finding: Finding) => {
    const { Detail, DetailType } = AnomalyDetected.entry({ change: 'updated', finding }, finding.findingId);
    return JSON.stringify({
      'detail-type': DetailType,
      detail: JSON.parse(Detail),
      time: new Date(clock.now).toISOString(),
    });
  };
  const round = async () => {
    for (const id of executions.keys()) {
      if (executions.get(id) === 'guard') await ask(id);
      if (executions.get(id) === 'admit') await admit(id);
    }
  };
  return {
    remediations,
    clock,
    held,
    ignored,
    asked,
    bodyOf,
    take,
    round,
    kill: (isOn: boolean) => {
      isKilled = isOn;
    },
    hear: (finding: Finding) => take(bodyOf(finding)),
    whilePlanning: (what: () => Promise<unknown>) => {
      meanwhile = what;
    },
    /** Ends what is in change. */
    keepAll: async () => {
      for (const [id, step] of executions)
        if (step === 'admitted') {
          await recordRepair(id, 'kept', undefined, steps);
          executions.set(id, 'over');
        }
    },
    approve: async (id: string, by = 'anna') => {
      await decideRepair(
        id,
        { by, decision: 'approve', through: 'link' },
        { ...shared, continueExecution: async () => {} },
      );
      executions.set(id, 'admit');
    },
    /** Gives back what the queue holds until then, each with a round of the executions. */
    passUntil: async (until: number) => {
      let taken = 0;
      while (held.some(({ at }) => at <= until)) {
        held.sort((a, b) => a.at - b.at);
        const next = held.shift()!;
        clock.now = next.at;
        await take(next.body);
        await round();
        taken += 1;
      }
      clock.now = until;
      return taken;
    },
    repairs: async () => (await remediations.recent(1_000)).remediations.map(({ remediation }) => remediation),
  };
}
