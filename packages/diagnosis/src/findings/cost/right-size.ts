import { costOfInvocation } from '@lamplighter/pricing';
import type { SizeRecord } from '../../assess/core.ts';
import { rightSize } from '../../right-size/right-size.ts';
import type { Bounds } from '../../right-size/size-estimate.ts';
import type { Rule } from '../rule.ts';
import { number, percent } from '../words.ts';

const DAY_MS = 86_400_000;
const LEAST_CALLS = 1_000;
const LEAST_SAVED = 0.2;
const DAY_MINUTES = 1_440;

/** Advice: another memory size is known to cost a fifth less, and that is worth money. Needs a day, and traffic at more than one size; the curve and its model are in src/right-size. */
export const rightSizeAdvice: Rule = {
  class: 'right-size',
  opensAfter: 1,
  judge({ seen, core, context, isOpen }) {
    if (core.sizes.length < 2 || seen.memorySizeMb <= 0) return undefined;
    const known = core.sizes.find(({ memorySizeMb }) => memorySizeMb === seen.memorySizeMb);
    if (known === undefined || known.calls < LEAST_CALLS || seen.start - (core.firstAt ?? seen.start) < DAY_MS)
      return undefined;
    const answer = rightSize({
      memorySizeMb: seen.memorySizeMb,
      traffic: core.sizes.map((size) => ({ ...size, billedMs: billedMsOf(size) })),
      ...(context.architecture === undefined ? {} : { architecture: context.architecture }),
    });
    if (answer === undefined || answer.recommendation.memorySizeMb === seen.memorySizeMb) return undefined;
    const cost = (mb: number): Bounds =>
      answer.curve.find(({ memorySizeMb }) => memorySizeMb === mb)?.usdPerMillion ?? { least: 0, most: 0 };
    const now = cost(seen.memorySizeMb).least;
    const then = cost(answer.recommendation.memorySizeMb).most;
    const savedADay = ((now - then) / 1e6) * core.baseline.load.recent * DAY_MINUTES;
    if (1 - then / now < (isOpen ? 0.1 : LEAST_SAVED) || savedADay < (context.materialUsdPerDay ?? 1)) return undefined;
    return {
      surprise: 12,
      severity: 'info',
      magnitude: 1,
      title: `would cost ${percent(1 - then / now)} less with ${number(answer.recommendation.memorySizeMb)} MB`,
      explanation: answer.recommendation.text,
      evidence: [
        {
          text: answer.recommendation.text,
          metric: 'cost of a million calls',
          before: now,
          after: then,
          unit: 'USD',
          since: known.firstAt,
        },
      ],
    };
  },
};

/** What was billed, ms: of a size its cost is kept, at the list price of x86_64 whatever the function runs on, without anything taken off. */
function billedMsOf({ memorySizeMb, calls, costUsd }: SizeRecord): number {
  const priceOf = (billedDurationMs: number): number => costOfInvocation({ billedDurationMs, memorySizeMb });
  return Math.max(0, (costUsd - calls * priceOf(0)) / (priceOf(1) - priceOf(0)));
}
