import { durationCostPerHour } from '../cost.ts';
import type { Playbook } from '../playbook.ts';
import { CONFIGURATION_PERMISSIONS, configurationChange, nameOf, undoOf } from './configuration-change.ts';
import { functionPatch } from './function-patch.ts';
import { timeGained } from './time-gained.ts';
import { whatCallsReach } from './what-calls-reach.ts';

/** Sizes in steps of a 64th of a gigabyte, so that the next one is easy to read. */
const STEP_MB = 64;
const LARGEST_MB = 10_240;
/** Room above the most that was used. */
const HEAD_ROOM = 1.25;

/** More memory where a function runs out of it or waits for its share of a processor; less where it was given far more than it uses. */
export const lambdaMemory: Playbook = {
  name: 'lambda-memory',
  answers: ['out-of-memory', 'out-of-memory-risk', 'memory-leak', 'over-provisioned', 'right-size'],
  risk: 'low',
  permissions: CONFIGURATION_PERMISSIONS,
  verifies: 'out-of-memory-share',
  verifiesFor: { 'out-of-memory-risk': 'memory-use', 'memory-leak': 'memory-use' },
  propose: (context) => {
    const { finding, function: settings, traffic } = context;
    const reached = whatCallsReach(context, 'memorySizeMb');
    if (settings === undefined || reached === undefined) return undefined;
    const { functionName, memorySizeMb: now } = reached;
    const isLess = finding.class === 'over-provisioned' || finding.class === 'right-size';
    const needed = Math.max(128, traffic.maxMemoryUsedMb * HEAD_ROOM);
    const wanted = isLess ? needed : Math.max(now * 1.5, needed);
    const memorySizeMb = Math.min(LARGEST_MB, Math.ceil(wanted / STEP_MB) * STEP_MB);
    const isChange = isLess ? memorySizeMb < now : memorySizeMb > now;
    if (!isChange) return undefined;
    const cost = (size: number) => durationCostPerHour(traffic, size, settings.architecture);
    return {
      ...configurationChange(reached, { memorySizeMb }),
      title: `Set the memory of ${nameOf(reached)} from ${now} to ${memorySizeMb} MB`,
      reason: [
        `The most that an invocation used was ${Math.round(traffic.maxMemoryUsedMb)} of ${now} MB.`,
        ...timeGained(finding, memorySizeMb - now),
      ].join(' '),
      costPerHourUsd: cost(memorySizeMb) - cost(now),
      undo: `The memory is set back to ${now} MB.${undoOf(reached)}`,
      patch: functionPatch(functionName, { memorySize: memorySizeMb }),
    };
  },
};
