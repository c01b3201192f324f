export { Change } from './change.ts';
export { isDiagnostic } from './diagnostic-change.ts';
export { approvalsNeededFor } from './guardrails/approvals-needed.ts';
export type { ChangeCost } from './guardrails/cost-in-a-month.ts';
export { guard } from './guardrails/guard.ts';
export type { GuardDecision, GuardRequest, GuardState, Refusal } from './guardrails/guard-request.ts';
export { GuardrailConfig } from './guardrails/guardrail-config.ts';
export { isForNow } from './guardrails/passing-refusal.ts';
export { agedOutcomes, type Outcomes } from './planning/age-outcomes.ts';
export {
  type Experience,
  isAsked,
  obstaclesLast,
  type PlannedRemedy,
  planRemedies,
  remediesFor,
} from './planning/plan-remedies.ts';
export type { Obstacle, Playbook, Proposal, Risk, VerifiedMetric } from './playbook.ts';
export { RELEASE_PERMISSIONS } from './playbooks/configuration-change.ts';
export { kinesisStreamMeant } from './playbooks/mapping-change.ts';
export { isToldBy, PLAYBOOKS, playbookNamed } from './playbooks/playbooks.ts';
export { type WhatIsCalled, whatIsCalled } from './playbooks/what-calls-reach.ts';
export type {
  AdvisedSchedule,
  ClusterSettings,
  FunctionSettings,
  MappingSettings,
  RemedyContext,
  Traffic,
} from './remedy-context.ts';
export { resourceKeyOf } from './resource-key.ts';
export { settingsOf } from './settings-of.ts';
export { figuresByMinute } from './traffic/figures-by-minute.ts';
export { mergedSketch, quantileOf } from './traffic/latency-sketch.ts';
export { type Meter, type MeteredMinute, throttledShareOf } from './traffic/metered-minute.ts';
export { trafficOf } from './traffic/traffic-of-windows.ts';
export {
  judgeRepair,
  type MinuteFigures,
  type Patience,
  type RepairTrial,
  type RepairVerdict,
} from './verify/judge-repair.ts';
export { meterOf } from './verify/metered-trial.ts';
export { trialOf } from './verify/trial-of.ts';
