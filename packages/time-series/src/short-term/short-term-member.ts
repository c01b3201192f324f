import type { FinePoint } from './fine-point.ts';

/** What a member is fitted for. */
export interface MemberOptions {
  /** Whole numbers from 2, ascending, each at most half of the points. */
  readonly seasonLengths: readonly number[];
  /** Steps ahead, from 1. */
  readonly steps: number;
  readonly isCount: boolean;
}

/** One of the ways that are tracked. A model is plain JSON, and is never changed in place. */
export interface ShortTermMember<Model = unknown> {
  fit(points: readonly FinePoint[], options: MemberOptions): Model;
  mean(model: Model, steps: number): number[];
  /** In a time that does not depend on how many points the model has seen. */
  update(model: Model, point: FinePoint): Model;
}
