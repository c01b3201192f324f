import type { LogFormat } from '../../records/log-record.ts';
import type { Bracket } from './bracket.ts';
import { bracketsFrom } from './bracket-candidates.ts';
import { bracketCost, ORPHAN } from './bracket-cost.ts';
import { flawlessRun } from './flawless-run.ts';
import type { LifecycleMark } from './invocation-span.ts';

export interface Bracketing {
  readonly brackets: readonly Bracket[];
  /** Indices of marks outside every bracket. */
  readonly orphans: readonly number[];
  readonly cost: number;
}

/**
 * A log stream is one execution environment, and an environment runs one invocation at a time. So the platform's records must form
 * brackets START X … END X, REPORT X that neither overlap nor nest, and whatever looks like a platform record inside a bracket was
 * written by the application. Among all bracketings the cheapest is taken: dynamic programming from right to left over the marks,
 * O(marks × candidates).
 */
export function findBrackets(marks: readonly LifecycleMark[], format: LogFormat): Bracketing {
  const run = flawlessRun(marks, format);
  if (run === undefined) return cheapestBrackets(marks, format, 0);
  const rest = cheapestBrackets(marks, format, run.to);
  const leading = Array.from({ length: run.from }, (_, index) => index);
  return {
    brackets: rest.brackets.length === 0 ? run.brackets : [...run.brackets, ...rest.brackets],
    orphans: [...leading, ...rest.orphans],
    cost: run.from * ORPHAN + rest.cost,
  };
}

/** The search proper, over the marks from `from` on. */
function cheapestBrackets(marks: readonly LifecycleMark[], format: LogFormat, from: number): Bracketing {
  if (from === marks.length) return { brackets: [], orphans: [], cost: 0 };
  const closings = indicesById(marks, from, (mark) => mark.kind !== 'start');
  const starts = indicesById(marks, from, (mark) => mark.kind === 'start');
  const best = new Float64Array(marks.length + 1);
  const choice: (Bracket | undefined)[] = new Array(marks.length).fill(undefined);
  for (let index = marks.length - 1; index >= from; index--) {
    best[index] = ORPHAN + (best[index + 1] as number);
    const mark = marks[index] as LifecycleMark;
    if (mark.kind !== 'start') continue;
    const siblings = starts.get(mark.requestId) as number[];
    const own = closings.get(mark.requestId) ?? [];
    for (const bracket of bracketsFrom(marks, index, { closings: own, starts: siblings, format })) {
      const cost = bracketCost(marks, bracket, siblings, format) + (best[bracket.close + 1] as number);
      if (cost < (best[index] as number)) {
        best[index] = cost;
        choice[index] = bracket;
      }
    }
  }
  return { ...follow(choice, from), cost: best[from] as number };
}

function follow(choice: readonly (Bracket | undefined)[], from: number): Pick<Bracketing, 'brackets' | 'orphans'> {
  const brackets: Bracket[] = [];
  const orphans: number[] = [];
  for (let index = from; index < choice.length; ) {
    const bracket = choice[index];
    if (bracket === undefined) orphans.push(index++);
    else {
      brackets.push(bracket);
      index = bracket.close + 1;
    }
  }
  return { brackets, orphans };
}

function indicesById(
  marks: readonly LifecycleMark[],
  from: number,
  wanted: (mark: LifecycleMark) => boolean,
): Map<string, number[]> {
  const byId = new Map<string, number[]>();
  for (let index = from; index < marks.length; index++) {
    const mark = marks[index] as LifecycleMark;
    if (!wanted(mark)) continue;
    const indices = byId.get(mark.requestId);
    if (indices === undefined) byId.set(mark.requestId, [index]);
    else indices.push(index);
  }
  return byId;
}
