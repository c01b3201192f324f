import { newTailModel, surpriseOf, type TailModel, type TailPrior } from './tail-surprise.ts';

/** Tails of their own above and below: a series of many peaks says nothing of what a drop means to it. */
export interface TwoSidedTail {
  readonly above: TailModel;
  readonly below: TailModel;
}

export function newTwoSidedTail(prior: TailPrior): TwoSidedTail {
  return { above: newTailModel(prior), below: newTailModel(prior) };
}

/** As `surpriseOf`, of a deviation with its sign. Both tails learn: on the other side this point was no deviation. O(1). */
export function surpriseOfSide({ above, below }: TwoSidedTail, signed: number, prior: TailPrior): number {
  const ofAbove = surpriseOf(above, Math.max(0, signed), prior);
  const ofBelow = surpriseOf(below, Math.max(0, -signed), prior);
  return signed >= 0 ? ofAbove : ofBelow;
}
