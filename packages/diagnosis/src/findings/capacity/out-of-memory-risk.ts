import type { Rule } from '../rule.ts';
import { clock, number, percent } from '../words.ts';

const RISKY = 0.92;
const USUAL = 0.88;

/** A call used nearly all of the configured memory, and calls usually do not: 92 % and more, two minutes in a row (Datadog's ready-made rule is 95 %). */
export const outOfMemoryRisk: Rule = {
  class: 'out-of-memory-risk',
  opensAfter: 2,
  judge({ seen, core, isOpen }) {
    if (seen.memorySizeMb <= 0 || seen.calls === 0 || seen.outOfMemory > 0) return undefined;
    const share = seen.memoryUsedMb / seen.memorySizeMb;
    const usual = core.baseline.memoryMb / seen.memorySizeMb;
    if (share < (isOpen ? 0.88 : RISKY) || usual >= USUAL || core.minutes < 10) return undefined;
    return {
      surprise: 8 + 20 * (share - usual),
      severity: 'warning',
      magnitude: share,
      title: `uses ${percent(share)} of its memory`,
      explanation: `At ${clock(seen.start)} a call used ${number(seen.memoryUsedMb)} of ${number(seen.memorySizeMb)} MB (usual: ${number(core.baseline.memoryMb)} MB). A call that needs more is killed with its environment.`,
      evidence: [
        {
          text: `The most memory used in a minute is ${number(seen.memoryUsedMb)} MB of ${number(seen.memorySizeMb)} MB.`,
          metric: 'memory used',
          before: core.baseline.memoryMb,
          after: seen.memoryUsedMb,
          unit: 'MB',
          since: seen.start,
        },
      ],
    };
  },
};
