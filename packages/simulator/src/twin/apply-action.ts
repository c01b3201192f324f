import { LIMITS } from '../aws/limits.ts';
import type { LambdaFunction } from '../lambda/lambda-function.ts';
import type { Action } from '../scenario/action.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { Parts } from './build/build-parts.ts';

/** `refused` says why, as AWS would. */
export type ActionOutcome = { readonly kind: 'applied' } | { readonly kind: 'refused'; readonly reason: string };

const APPLIED: ActionOutcome = { kind: 'applied' };
const refused = (reason: string): ActionOutcome => ({ kind: 'refused', reason });

/** Applies an action to the parts of a twin. */
export function applyAction(parts: Parts, scenario: Scenario, action: Action, nowMs: number): ActionOutcome {
  switch (action.kind) {
    case 'set-mapping':
      return setMapping(parts, action, nowMs);
    case 'set-shards':
      return setShards(parts, action, nowMs);
    case 'set-acu-range':
    case 'reboot-database':
    case 'create-index':
      return changeDatabase(parts, action, nowMs);
    case 'set-api-throttle': {
      const api = parts.apis.get(action.target);
      if (!api) return refused(`there is no API ${action.target}`);
      api.rateLimit = action.rateLimit;
      api.burst = action.burst;
      return APPLIED;
    }
    default: {
      const target = parts.functions.get(action.target);
      return target
        ? changeFunction(target, action, { parts, scenario, nowMs })
        : refused(`there is no function ${action.target}`);
    }
  }
}

type FunctionAction = Extract<
  Action,
  {
    kind:
      | 'set-memory'
      | 'set-timeout'
      | 'set-reserved-concurrency'
      | 'set-provisioned-concurrency'
      | 'set-alias-weight';
  }
>;

/** Another memory, timeout or version means other environments: the warm ones are of the old configuration. */
function changeFunction(
  target: LambdaFunction,
  action: FunctionAction,
  { parts, scenario, nowMs }: { parts: Parts; scenario: Scenario; nowMs: number },
): ActionOutcome {
  switch (action.kind) {
    case 'set-memory':
      target.model.memoryMb = action.memoryMb;
      target.replaceEnvironments(nowMs);
      return APPLIED;
    case 'set-timeout':
      target.model.timeoutMs = action.timeout;
      target.replaceEnvironments(nowMs);
      return APPLIED;
    case 'set-reserved-concurrency': {
      const others = [...parts.functions.values()].filter((each) => each !== target);
      const reserved = others.reduce((sum, each) => sum + (each.reserved ?? 0), action.concurrency ?? 0);
      if (action.concurrency !== null && scenario.account.concurrency - reserved < LIMITS.unreservedConcurrency)
        return refused(`less than ${LIMITS.unreservedConcurrency} of the account's concurrency would stay unreserved`);
      target.reserved = action.concurrency ?? undefined;
      return APPLIED;
    }
    case 'set-provisioned-concurrency':
      if (action.concurrency > (target.reserved ?? scenario.account.concurrency))
        return refused('provisioned concurrency cannot exceed what the function may use');
      target.provisioned.request(nowMs, action.concurrency);
      return APPLIED;
    case 'set-alias-weight':
      if (!target.model.versions.weigh(action.newVersionPct, action.version))
        return refused(
          `${target.name} has no ${action.version === undefined ? 'newer' : `version ${action.version} and a newer`} version`,
        );
      target.replaceEnvironments(nowMs);
      return APPLIED;
  }
}

function setMapping(parts: Parts, action: Extract<Action, { kind: 'set-mapping' }>, nowMs: number): ActionOutcome {
  const { target, paused, parallelization, maximumConcurrency, maximumRetries } = action;
  const ofStream = parts.streamMappings.get(target);
  const ofQueue = parts.queueMappings.get(target);
  const mapping = ofStream ?? ofQueue;
  if (!mapping) return refused(`${target} has no mapping`);
  if (ofStream ? maximumConcurrency !== undefined : parallelization !== undefined || maximumRetries !== undefined)
    return refused(`a mapping of ${target} has no such setting`);
  if (paused !== undefined) mapping.isPaused = paused;
  if (ofStream && parallelization !== undefined) ofStream.parallelization = parallelization;
  if (ofStream && maximumRetries !== undefined) ofStream.setMaximumRetries(maximumRetries, nowMs);
  if (ofQueue && maximumConcurrency !== undefined) ofQueue.maximumConcurrency = maximumConcurrency;
  return APPLIED;
}

function setShards(
  parts: Parts,
  { target, shards }: Extract<Action, { kind: 'set-shards' }>,
  nowMs: number,
): ActionOutcome {
  const stream = parts.streams.get(target);
  if (!stream) return refused(`there is no stream ${target}`);
  const reason = stream.reshard(shards, nowMs);
  return reason === undefined ? APPLIED : refused(reason);
}

function changeDatabase(
  parts: Parts,
  action: Extract<Action, { kind: 'set-acu-range' | 'reboot-database' | 'create-index' }>,
  nowMs: number,
): ActionOutcome {
  const database = parts.databases.get(action.target);
  if (!database) return refused(`there is no database ${action.target}`);
  if (action.kind === 'create-index') database.isIndexed = true;
  else if (action.kind === 'reboot-database') database.reboot(nowMs);
  else database.setRange(action.minAcu, action.maxAcu);
  return APPLIED;
}
