import type { WhatCame } from '../../src/domain/what-came.ts';

interface Foreseen {
  readonly metric: string;
  readonly startsAt: number;
  readonly stepMs: number;
}

/** What came of a forecast's metric before it begins, step by step as it goes on; nothing where the steps are others, or nobody counts that metric. */
export function cameBefore(
  { metric, startsAt, stepMs }: Foreseen,
  came: WhatCame | undefined,
): { readonly x: readonly number[]; readonly values: readonly (number | null)[] } {
  const isSame = came?.stepMs === stepMs && (startsAt - came.startsAt) % stepMs === 0;
  const known = isSame && Object.hasOwn(came.values, metric) ? came.values[metric as keyof WhatCame['values']] : [];
  const values = known.slice(0, isSame ? Math.max(0, (startsAt - came.startsAt) / stepMs) : 0);
  return { x: values.map((_, at) => (came?.startsAt ?? 0) + at * stepMs), values };
}
