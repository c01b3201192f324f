import { LIMITS } from '../../aws/limits.ts';
import type { Action } from '../../scenario/action.ts';
import type { FaultKind } from '../../scenario/fault.ts';
import type { Call, Scenario } from '../../scenario/scenario.ts';
import { ScenarioError } from '../../scenario/scenario-error.ts';

type Group = 'cdns' | 'apis' | 'functions' | 'streams' | 'queues' | 'databases' | 'tables' | 'caches';
const MOST_TICKS = 3_000_000;
/** Names that an error tells. */
const MOST_NAMES = 10;
const GROUPS: readonly Group[] = ['cdns', 'apis', 'functions', 'streams', 'queues', 'databases', 'tables', 'caches'];

/** What each fault can happen to. */
const FAULT_TARGETS: Readonly<Record<FaultKind, readonly Group[]>> = {
  'slow-query': ['databases'],
  'connection-pressure': ['databases'],
  'error-rate': ['functions'],
  'memory-leak': ['functions'],
  'timeout-creep': ['functions'],
  'cold-start-storm': ['functions'],
  'throttled-dependency': ['tables', 'streams'],
  'poison-message': ['streams', 'queues'],
  'bad-deploy': ['functions'],
};

/** What each action can be applied to; a mapping is named by its source. */
const ACTION_TARGETS: Readonly<Record<Action['kind'], readonly Group[]>> = {
  'set-memory': ['functions'],
  'set-timeout': ['functions'],
  'set-reserved-concurrency': ['functions'],
  'set-provisioned-concurrency': ['functions'],
  'set-alias-weight': ['functions'],
  'set-mapping': ['streams', 'queues'],
  'set-shards': ['streams'],
  'set-acu-range': ['databases'],
  'reboot-database': ['databases'],
  'create-index': ['databases'],
  'set-api-throttle': ['apis'],
};

/** Throws a {@link ScenarioError} where names do not lead to what they should. */
export function checkScenario(scenario: Scenario): void {
  const kinds = new Map<string, Group>();
  for (const group of GROUPS)
    for (const name of Object.keys(scenario[group])) {
      if (kinds.has(name)) fail('invalid-scenario', `${name} is there twice, under ${kinds.get(name)} and ${group}.`);
      kinds.set(name, group);
    }
  const need = (name: string, groups: readonly Group[], where: string): void => {
    const group = kinds.get(name);
    if (group !== undefined && groups.includes(group)) return;
    const there = [...kinds].flatMap(([each, its]) => (groups.includes(its) ? [each] : [])).slice(0, MOST_NAMES);
    const problem = `${where} goes to ${name}, which is not among ${groups.join(', ')}`;
    fail('unknown-resource', `${problem} (there: ${there.join(', ') || 'none'}).`);
  };
  for (const { to } of scenario.traffic) need(to, ['cdns', 'apis', 'functions', 'streams', 'queues'], 'traffic');
  for (const [name, { to }] of Object.entries(scenario.cdns)) need(to, ['apis', 'functions'], `cdn ${name}`);
  for (const [name, { to }] of Object.entries(scenario.apis)) need(to, ['functions'], `api ${name}`);
  for (const [name, { calls }] of Object.entries(scenario.functions))
    for (const call of calls) need(call.to, [groupOf(call)], `a call of ${name}`);
  for (const { from, to } of scenario.mappings) {
    need(from, ['streams', 'queues'], 'a mapping');
    need(to, ['functions'], 'a mapping');
  }
  for (const { kind, target } of scenario.faults) need(target, FAULT_TARGETS[kind], `the fault ${kind}`);
  for (const { action } of scenario.actions)
    need(action.target, ACTION_TARGETS[action.kind], `the action ${action.kind}`);
  checkLength(scenario);
  checkMappings(scenario);
  checkConcurrency(scenario);
}

function checkLength({ duration, tick }: Scenario): void {
  if (duration / tick > MOST_TICKS)
    fail(
      'invalid-scenario',
      `${duration / tick} ticks are more than ${MOST_TICKS}; take a longer tick or a shorter duration.`,
    );
}

function checkMappings({ mappings }: Scenario): void {
  const sources = mappings.map(({ from }) => from);
  const twice = sources.find((from, index) => sources.indexOf(from) !== index);
  if (twice !== undefined) fail('invalid-scenario', `${twice} has two mappings; the twin takes one a source.`);
}

function checkConcurrency({ account, functions }: Scenario): void {
  const reserved = Object.values(functions).reduce((sum, { reservedConcurrency = 0 }) => sum + reservedConcurrency, 0);
  if (reserved > 0 && account.concurrency - reserved < LIMITS.unreservedConcurrency)
    fail(
      'invalid-scenario',
      `reserved concurrency of ${reserved} leaves less than ${LIMITS.unreservedConcurrency} of the account's ${account.concurrency}.`,
    );
  for (const [name, { provisionedConcurrency, reservedConcurrency = account.concurrency }] of Object.entries(functions))
    if (provisionedConcurrency > reservedConcurrency)
      fail('invalid-scenario', `${name} has more provisioned concurrency than it may use, ${reservedConcurrency}.`);
}

function groupOf(call: Call): Group {
  if ('statements' in call) return 'databases';
  if ('gets' in call) return 'caches';
  if ('records' in call) return 'streams';
  if ('messages' in call) return 'queues';
  return 'events' in call ? 'functions' : 'tables';
}

function fail(code: ScenarioError['code'], problem: string): never {
  throw new ScenarioError(code, `In the scenario, ${problem}`, 'Name what it should lead to, or add it.');
}
