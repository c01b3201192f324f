import type { ShortTermMember } from './short-term-member.ts';

export interface LatestValueModel {
  readonly latest: number;
}

/** All goes on as the newest part of the last point: a naive forecast that is half a point younger. */
export const latestValue: ShortTermMember<LatestValueModel> = {
  fit: (points) => ({ latest: points.at(-1)!.latest }),
  mean: ({ latest }, steps) => Array<number>(steps).fill(latest),
  update: (_, { latest }) => ({ latest }),
};
