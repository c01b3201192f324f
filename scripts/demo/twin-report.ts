import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseScenario, reportOf, type SimulationReport, Twin } from '../../packages/simulator/src/index.ts';
import { REPOSITORY } from '../workspace-services.ts';

/** The same application at a scale that one machine cannot carry: 100 to 100,000 requests a second, in the twin. */
export function simulateBlackFriday(): SimulationReport {
  const twin = new Twin(parseScenario(readFileSync(join(REPOSITORY, 'samples/scenarios/black-friday.yml'), 'utf8')));
  twin.advanceTo(twin.endsAt);
  return reportOf(twin);
}
