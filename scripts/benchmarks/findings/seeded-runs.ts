import { FAULTS, type SeededFault } from '../../../packages/diagnosis/src/testing/faults.ts';
import {
  type HealthyRun,
  healthySimulation,
  MONDAY,
  runFault,
  runHealthy,
} from '../../../packages/diagnosis/src/testing/run-fault.ts';
import type { Behaviour, Simulation, Traffic } from '../../../packages/diagnosis/src/testing/simulate-function.ts';
import type { SeededRun } from './confusion-table.ts';

const HOUR_MS = 3_600_000;
const HEALTHY_MINUTES = 150;
/** Of runs that have no fault. */
const HEALTHY_RUN_MINUTES = 480;
const WITHIN = 1;
/** Minutes after the time limit in which a late finding still counts as found. */
const PATIENCE = 5;

/** Functions of all kinds: a run takes one of them by its seed. */
const TRAFFICS: readonly Traffic[] = [
  { callsPerMinute: 120, dailyAmplitude: 0.4, weekendFactor: 0.6, noise: 0.15, burstFactor: 1 },
  { callsPerMinute: 40, dailyAmplitude: 0.5, weekendFactor: 0.6, noise: 0.2, burstFactor: 1 },
  { callsPerMinute: 900, dailyAmplitude: 0.7, weekendFactor: 0.5, noise: 0.25, burstFactor: 1 },
  { callsPerMinute: 250, dailyAmplitude: 0.3, weekendFactor: 0.8, noise: 0.2, burstFactor: 2.5 },
];

/** Every fault with seeds 1 to `seeds`, and as many healthy runs of eight hours as there are faults, half of which are slower by day. */
export function seededRuns(seeds: number): SeededRun[] {
  const healthyRuns = new Map<string, HealthyRun>();
  const runs: SeededRun[] = [];
  for (let seed = 1; seed <= seeds; seed++) {
    for (const fault of FAULTS) runs.push(runOne(fault, seed, healthyRuns));
    healthyRuns.clear();
  }
  for (let seed = 1; seed <= FAULTS.length; seed++) {
    const pace = seed % 2 === 0 ? { fault: slowerByDay } : {};
    const { opened } = runHealthy({ ...simulationOf(seed + 10_000), minutes: HEALTHY_RUN_MINUTES, ...pace });
    runs.push({ truth: 'healthy', found: opened.map((finding) => finding.class) });
  }
  return runs;
}

/** Calls take up to three tenths longer as the day goes on, and no longer at its end. */
function slowerByDay(behaviour: Behaviour, minute: number): void {
  behaviour.medianMs *= 1 + 0.3 * Math.sin((Math.PI * minute) / HEALTHY_RUN_MINUTES);
}

function runOne(fault: SeededFault, seed: number, healthyRuns: Map<string, HealthyRun>): SeededRun {
  const simulation = healthySimulation(fault, simulationOf(seed));
  const key = JSON.stringify(simulation);
  const healthy = healthyRuns.get(key) ?? runHealthy(simulation);
  healthyRuns.set(key, healthy);
  const within = fault.within ?? WITHIN;
  const { before, after } = runFault(fault, healthy, within + PATIENCE);
  const hit = after.find(({ finding }) => finding.class === fault.class);
  return {
    truth: fault.class,
    found: [...before, ...after.map(({ finding }) => finding)].map((finding) => finding.class),
    ...(hit === undefined
      ? {}
      : { minutesToDetect: hit.minutesSinceOnset + 1, isInTime: hit.minutesSinceOnset <= within }),
  };
}

function simulationOf(seed: number): Simulation {
  const start = MONDAY + ((seed * 7) % 168) * HOUR_MS;
  return { seed: 1_000 + seed, start, minutes: HEALTHY_MINUTES, traffic: TRAFFICS[seed % TRAFFICS.length] as Traffic };
}
