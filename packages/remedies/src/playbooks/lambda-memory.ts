import { durationCostPerHour } from '../cost.ts';
import type { Playbook } from '../playbook.ts';
import { functionPatch } from './function-patch.ts';
import { timeGained } from './time-gained.ts';

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
  permissions: ['lambda:GetFunctionConfiguration', 'lambda:UpdateFunctionConfiguration'],
  verifies: 'out-of-memory-share',
  verifiesFor: { 'out-of-memory-risk': 'memory-use', 'memory-leak': 'memory-use' },
  propose: ({ finding, function: settings, traffic }) => {
    if (settings === undefined) return undefined;
    const isLess = finding.class === 'over-provisioned' || finding.class === 'right-size';
    const needed = Math.max(128, traffic.maxMemoryUsedMb * HEAD_ROOM);
    const wanted = isLess ? needed : Math.max(settings.memorySizeMb * 1.5, needed);
    const memorySizeMb = Math.min(LARGEST_MB, Math.ceil(wanted / STEP_MB) * STEP_MB);
    const isChange = isLess ? memorySizeMb < settings.memorySizeMb : memorySizeMb > settings.memorySizeMb;
    if (!isChange) return undefined;
    const { functionName, architecture, memorySizeMb: now } = settings;
    const cost = (size: number) => durationCostPerHour(traffic, size, architecture);
    return {
      change: { kind: 'lambda-configuration', functionName, memorySizeMb },
      title: `Set the memory of ${functionName} from ${now} to ${memorySizeMb} MB`,
      reason: [
        `The most that an invocation used was ${Math.round(traffic.maxMemoryUsedMb)} of ${now} MB.`,
        ...timeGained(finding, memorySizeMb - now),
      ].join(' '),
      costPerHourUsd: cost(memorySizeMb) - cost(now),
      undo: `The memory is set back to ${now} MB.`,
      patch: functionPatch(functionName, { memorySize: memorySizeMb }),
    };
  },
};
