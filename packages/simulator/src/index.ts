export { Action } from './actions/action.ts';
export { Assumptions } from './aws/assumptions.ts';
export { LIMITS } from './aws/limits.ts';
export { Fault } from './faults/fault.ts';
export { createScenario, parseScenario } from './scenario/parse-scenario.ts';
export { Scenario, type ScenarioInput } from './scenario/scenario.ts';
export { ScenarioError } from './scenario/scenario-error.ts';
export { Twin } from './twin/twin.ts';
