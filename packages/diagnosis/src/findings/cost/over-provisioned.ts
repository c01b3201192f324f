import type { Rule } from '../rule.ts';
import { number, percent } from '../words.ts';

const DAY_MS = 86_400_000;
const LEAST_CALLS = 1_000;
const MOST_SHARE = 0.15;
const LEAST_MB = 512;

/**
 * Advice: of the configured memory no call of a whole day and of a thousand calls used more than 15 % (Datadog's ready-made rule: 10 %). Memory is CPU too, so a smaller
 * size may be slower; what it would be is in right-size.ts. Ended when a call uses a quarter.
 */
export const overProvisioned: Rule = {
  class: 'over-provisioned',
  opensAfter: 1,
  judge({ seen, core, isOpen }) {
    const size = core.sizes.find(({ memorySizeMb }) => memorySizeMb === seen.memorySizeMb);
    if (size === undefined || size.memorySizeMb < LEAST_MB) return undefined;
    const usedMb = Math.max(size.maxMemoryUsedMb, seen.memoryUsedMb);
    const share = usedMb / size.memorySizeMb;
    const isKnown = size.calls >= LEAST_CALLS && seen.start - size.firstAt >= DAY_MS;
    if (!isKnown || usedMb === 0 || share > (isOpen ? 0.25 : MOST_SHARE)) return undefined;
    const text = `Of ${number(size.memorySizeMb)} MB no call used more than ${number(usedMb)} MB (${percent(share)}).`;
    return {
      surprise: 12,
      severity: 'info',
      magnitude: 1,
      title: `uses ${number(usedMb)} of its ${number(size.memorySizeMb)} MB`,
      explanation: `${text} Less memory also means less CPU: a call that computes takes longer, one that waits does not. See what each size costs and takes before changing it.`,
      evidence: [{ text, metric: 'memory used', after: usedMb, unit: 'MB', since: size.firstAt }],
    };
  },
};
