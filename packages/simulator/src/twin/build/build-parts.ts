import { Meter } from '../../measure/meter.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { buildDependencies, type Dependencies } from './build-dependencies.ts';
import { buildEntrances, type Entrances } from './build-entrances.ts';
import { buildFunctions, type Functions } from './build-functions.ts';
import { buildMappings, type Mappings } from './build-mappings.ts';
import { checkScenario } from './check-scenario.ts';

/** Everything that a scenario names, wired together. */
export interface Parts extends Dependencies, Functions, Entrances, Mappings {
  readonly meter: Meter;
}

/** Builds the parts of a scenario. Throws a `ScenarioError` where it names something that is not there. */
export function buildParts(scenario: Scenario): Parts {
  checkScenario(scenario);
  const meter = new Meter(scenario.assumptions.cdnUsdPerGb);
  const dependencies = buildDependencies(scenario, meter);
  const inside = { ...dependencies, ...buildFunctions(scenario, meter, dependencies) };
  return { meter, ...inside, ...buildEntrances(scenario, meter, inside), ...buildMappings(scenario, inside) };
}
