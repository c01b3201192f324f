import type { Finding, FunctionWindow } from '@lamplighter/contracts';
import { assessFunction, type FunctionContext, type FunctionState, newFunctionState } from '@lamplighter/diagnosis';
import {
  type Experience,
  type FunctionSettings,
  GuardrailConfig,
  guard,
  judgeRepair,
  minuteFigures,
  type PlannedRemedy,
  planRemedies,
  type RemedyContext,
  type RepairTrial,
  resourceKeyOf,
  trafficOf,
  trialOf,
} from '@lamplighter/remedies';
import type { Action, Agent, TwinState } from '@lamplighter/simulator';
import { actionOfChange, type TwinStep } from './action-of-change.ts';

/** A repair on trial. */
interface Trial {
  readonly remedy: PlannedRemedy;
  readonly step: TwinStep;
  readonly finding: Finding;
  readonly trial: RepairTrial;
  readonly appliedAt: number;
}

/** What the agent keeps of a function. */
interface Watched {
  state: FunctionState;
  windows: FunctionWindow[];
}

const HOUR_MS = 3_600_000;
const KEPT_MINUTES = 180;
/** A database this busy has a statement that reads more than it should: what EXPLAIN would show. */
const BUSY_PCT = 70;
const ACCOUNT = { accountId: '000000000000', region: 'us-east-1' };

/** Rails of an agent in the twin: everything that a policy may approve beforehand is approved. */
export const TWIN_RAILS = GuardrailConfig.parse({
  mode: 'automatic',
  automaticUpToRisk: 'high',
  allow: [{ playbooks: ['*'], mode: 'automatic' }],
  budget: { perHourUsd: 50, perMonthUsd: 20_000 },
  coolDownMinutes: 10,
});

/**
 * The house's own decisions in the twin: findings by packages/diagnosis, remedies, rails and verdicts by packages/remedies, as the services run them.
 * It sees windows and what the account shows, never the faults.
 */
export function houseAgent(rails: GuardrailConfig = TWIN_RAILS): Agent {
  const watched = new Map<string, Watched>();
  const open = new Map<string, Finding>();
  const tried = new Set<string>();
  const changes: { resourceKey: string; at: number; wasUndone: boolean; costPerHourUsd: number; isInForce: boolean }[] =
    [];
  const experience: Experience[] = [];
  let trials: Trial[] = [];

  return (windows, state) => {
    for (const window of windows) assess(window, state);
    const undone = settleTrials(state);
    const begun = [...open.values()].flatMap((finding) => begin(finding, state));
    return [...undone, ...begun];
  };

  function assess(window: FunctionWindow, state: TwinState): void {
    const known = watched.get(window.functionName) ?? { state: newFunctionState(), windows: [] };
    const assessment = assessFunction(
      known.state,
      { windows: [{ revision: 0, figures: window }] },
      contextOf(window, state),
    );
    known.state = assessment.state;
    known.windows = [...known.windows.slice(-KEPT_MINUTES), window];
    watched.set(window.functionName, known);
    for (const { finding } of assessment.changes) {
      if (finding.state === 'open') open.set(finding.findingId, finding);
      else open.delete(finding.findingId);
    }
  }

  function settleTrials(state: TwinState): Action[] {
    const actions: Action[] = [];
    trials = trials.filter(({ remedy, step, finding, trial, appliedAt }) => {
      const minutes = windowsOf(finding.resource.name).filter(({ start }) => start >= appliedAt);
      const verdict = judgeRepair(trial, minutes.map(minuteFigures), {
        elapsedMs: state.now - appliedAt,
        verdictMinutes: rails.verdictMinutes,
      });
      if (verdict.kind === 'wait') return true;
      const change = changes.find(
        (one) => one.at === appliedAt && one.resourceKey === resourceKeyOf(remedy.proposal.change),
      );
      if (verdict.kind === 'undo') {
        if (change) Object.assign(change, { wasUndone: true, isInForce: false });
        if (step.undo) actions.push(step.undo);
      }
      learn(experience, remedy.playbook.name, finding, verdict.kind === 'keep');
      return false;
    });
    return state.now > 0 ? actions : [];
  }

  function begin(finding: Finding, state: TwinState): Action[] {
    if (trials.some((one) => one.finding.findingId === finding.findingId)) return [];
    const context = remedyContext(finding, state);
    for (const remedy of planRemedies(context, experience)) {
      const id = `${finding.findingId}/${remedy.playbook.name}`;
      const step = actionOfChange(remedy.proposal.change, state);
      if (step === undefined || tried.has(id) || !isLetThrough(remedy, id, state)) continue;
      tried.add(id);
      const { change, costPerHourUsd } = remedy.proposal;
      const trial = trialOf(remedy.playbook.verifies, context.traffic, context.normal);
      changes.push({
        resourceKey: resourceKeyOf(change),
        at: state.now,
        wasUndone: false,
        costPerHourUsd,
        isInForce: true,
      });
      trials.push({ remedy, step, finding, trial, appliedAt: state.now });
      return [step.action];
    }
    return [];
  }

  function isLetThrough({ playbook, proposal }: PlannedRemedy, remediationId: string, state: TwinState): boolean {
    const spent = changes
      .filter(({ isInForce }) => isInForce)
      .reduce((sum, one) => sum + Math.max(0, one.costPerHourUsd), 0);
    const request = {
      remediationId,
      playbook: playbook.name,
      risk: playbook.risk,
      change: proposal.change,
      resourceName: resourceKeyOf(proposal.change).split('/').at(-1)!,
      resourceTags: {},
      stage: 'twin',
      costPerHourUsd: proposal.costPerHourUsd,
      costPerMonthUsd: proposal.costPerHourUsd * 730,
      isAlwaysAsked: playbook.alwaysAsks === true,
    };
    const inChange = trials.map(({ remedy, finding }) => ({
      remediationId: `${finding.findingId}/${remedy.playbook.name}`,
      resourceKey: resourceKeyOf(remedy.proposal.change),
    }));
    const guardState = {
      now: state.now,
      isKilled: false,
      inChange,
      recent: changes.toReversed(),
      spentPerHourUsd: spent,
      spentPerMonthUsd: spent * 730,
    };
    const decision = guard(request, guardState, rails);
    return decision.kind === 'allowed' && decision.mode === 'automatic';
  }

  function remedyContext(finding: Finding, state: TwinState): RemedyContext {
    const windows = windowsOf(finding.resource.name);
    const since = windows.filter(({ start }) => start >= finding.openedAt);
    const before = windows.filter(({ start }) => start >= finding.openedAt - HOUR_MS && start < finding.openedAt);
    const shown = state.functions.find(({ name }) => name === finding.resource.name);
    const busy = state.databases.find(({ loadPct }) => loadPct >= BUSY_PCT) ?? state.databases[0];
    return {
      finding,
      now: state.now,
      traffic: trafficOf(since.length > 0 ? since : windows.slice(-3)),
      ...(before.length > 0 && { normal: trafficOf(before) }),
      ...(shown && { function: settingsOf(shown, state) }),
      ...(busy && {
        cluster: {
          clusterId: busy.name,
          clusterArn: busy.name,
          secretArn: 'twin',
          database: 'twin',
          minAcu: busy.minAcu,
          maxAcu: busy.maxAcu,
          ...(busy.loadPct >= BUSY_PCT && {
            sequentialScan: { table: 'slow', columns: ['key'], statement: 'the slowest one' },
          }),
        },
      }),
    };
  }

  function windowsOf(functionName: string): readonly FunctionWindow[] {
    return watched.get(functionName)?.windows ?? [];
  }
}

function contextOf({ functionName }: FunctionWindow, { functions, accountConcurrency }: TwinState): FunctionContext {
  const shown = functions.find(({ name }) => name === functionName);
  return {
    ...ACCOUNT,
    functionName,
    architecture: 'arm64',
    concurrencyLimit: shown?.reservedConcurrency ?? accountConcurrency,
    ...(shown && { timeoutMs: shown.timeoutMs }),
  };
}

function settingsOf(shown: TwinState['functions'][number], state: TwinState): FunctionSettings {
  const isNew = shown.newVersionPct > 0;
  return {
    functionName: shown.name,
    memorySizeMb: shown.memoryMb,
    timeoutS: Math.ceil(shown.timeoutMs / 1000),
    architecture: 'arm64',
    tracing: 'Active',
    ...(shown.reservedConcurrency !== undefined && { reservedConcurrency: shown.reservedConcurrency }),
    unreservedConcurrency: state.accountConcurrency,
    aliases: [{ name: 'live', version: isNew ? '2' : '1', weights: {} }],
    versions: isNew ? ['2', '1'] : ['1'],
    tags: {},
    mappings: state.mappings.map(({ source, isPaused, parallelization }) => ({
      uuid: source,
      sourceArn: parallelization === undefined ? `arn:aws:sqs:::${source}` : `arn:aws:kinesis:::stream/${source}`,
      enabled: !isPaused,
      batchSize: 100,
      ...(parallelization !== undefined && { parallelizationFactor: parallelization }),
    })),
  };
}

function learn(experience: Experience[], playbook: string, { class: findingClass }: Finding, isKept: boolean): void {
  const at = experience.findIndex((one) => one.playbook === playbook && one.findingClass === findingClass);
  const known = experience[at] ?? { playbook, findingClass, kept: 0, undone: 0 };
  const next = isKept ? { ...known, kept: known.kept + 1 } : { ...known, undone: known.undone + 1 };
  if (at < 0) experience.push(next);
  else experience[at] = next;
}
