import type { Rule } from '../rule.ts';
import { clock, duration, times } from '../words.ts';

const LEAST_MS = 60_000;
const LEAST_RATIO = 5;

/** The consumer of a stream falls behind: its oldest unread record is older than a minute and five times as old as usual, two minutes in a row, and not getting younger. CloudWatch's `IteratorAge`. */
export const iteratorAge: Rule = {
  class: 'iterator-age',
  opensAfter: 2,
  judge({ seen, core, isOpen }) {
    const age = seen.iteratorAgeMs;
    if (age === undefined) return undefined;
    const usual = Math.max(1_000, core.baseline.iteratorAgeMs);
    const last = core.lastIteratorAgeMs.at(-1) ?? 0;
    const isBehind = age >= LEAST_MS && age >= usual * LEAST_RATIO && age >= last * 0.9;
    const isStillBehind = isOpen && age >= LEAST_MS / 2 && age >= usual * 2;
    if (!isBehind && !isStillBehind) return undefined;
    const isGrowing = age > last + 30_000;
    return {
      surprise: 6 + 4 * Math.log(age / usual),
      severity: age > 1_800_000 ? 'critical' : 'warning',
      magnitude: age / usual,
      title: `is ${duration(age)} behind its stream`,
      explanation: `At ${clock(seen.start)} the oldest record that it has not read is ${duration(age)} old (usual: ${duration(usual)})${isGrowing ? ', and it falls further behind each minute' : ''}. Records that outlive the stream's retention are lost.`,
      evidence: [
        {
          text: `The iterator's age is ${times(age / usual)} the usual: ${duration(age)}.`,
          metric: 'iterator age',
          before: usual,
          after: age,
          unit: 'ms',
          since: seen.start,
        },
      ],
    };
  },
};
