import type { ObservedNode } from './observed-node.ts';
import { confidence, weightedMean } from './own-excess.ts';

/** What is added up along the calls. */
export type Currency = 'time' | 'errors';

export const CURRENCIES: readonly Currency[] = ['time', 'errors'];

/** A node as the possible cause, before it is compared with the others. */
export interface Candidate {
  readonly id: string;
  /** Its own excess, the mean of the periods as the target suffers in them: milliseconds, errors. */
  readonly own: Readonly<Record<Currency, number>>;
  /** Of its values, in usual deviations, the mean of the periods likewise. */
  readonly deviations: Readonly<Record<Currency, number>>;
  /** 0 to 1: a gauge left its normal values, or the node fell silent without its callers' doing. */
  readonly weakSigns: number;
}

/** Joins a node's own amounts with how unusual its values are. */
export function makeCandidate(
  id: string,
  node: ObservedNode,
  own: Readonly<Record<Currency, number>>,
  weights: readonly number[],
  isSilentByItself: boolean,
): Candidate {
  const far = (currency: Currency): number =>
    weightedMean(
      node[currency].map(({ deviations }) => deviations),
      weights,
    );
  const gauge = Math.max(0, ...node.gauges.map((each) => each.deviations));
  return {
    id,
    own,
    deviations: { time: far('time'), errors: far('errors') },
    weakSigns: Math.max(confidence(gauge), isSilentByItself ? 1 : 0),
  };
}
