import type { ResourceForecast } from '@lamplighter/contracts';
import { formatCount } from '../terminal/format-value.ts';

/** A resource with what is foreseen of it. */
export type Seen = Pick<ResourceForecast, 'resource' | 'forecasts' | 'limits'>;

/** What a person wants to see of what is foreseen, and how much else there is. */
export interface Sifted {
  readonly worthSeeing: readonly Seen[];
  /** A sentence; none where nothing was left out. */
  readonly leftOut: readonly string[];
}

/** Takes out the series that stay at 0, and Lamplighter's own resources: idle, they would bury the application's. A limit that is near is never taken out. */
export function sift(all: readonly Seen[]): Sifted {
  const others = all.filter((seen) => !isOwn(seen) || seen.limits.some(isNear));
  const moving = others.map((seen) => ({ ...seen, forecasts: seen.forecasts.filter((series) => !isStill(series)) }));
  const worthSeeing = moving.filter(
    ({ forecasts, limits }, at) => forecasts.length > 0 || limits.some(isNear) || others[at]?.forecasts.length === 0,
  );
  const own = all.length - others.length;
  const still = seriesOf(others) - seriesOf(moving);
  const parts = [
    ...(still > 0 ? [`${formatCount(still, 'series', 'series')} at 0`] : []),
    ...(own > 0 ? [`${formatCount(own, 'resource')} of Lamplighter itself`] : []),
  ];
  return { worthSeeing, leftOut: parts.length === 0 ? [] : [`Not shown: ${parts.join(', ')}; --all shows them.`] };
}

/** Whether a limit is likely enough to be reached to be told. */
export const isNear = ({ probability }: Seen['limits'][number]): boolean => probability >= 0.05;

/** By the name that every stack of this repository gives. */
const isOwn = ({ resource }: Seen): boolean => resource.name.startsWith('lamplighter-');

const isStill = ({ mean, bands }: Seen['forecasts'][number]): boolean =>
  [mean, ...bands.map(({ upper }) => upper)].every((values) => values.every((value) => value === 0));

const seriesOf = (all: readonly Seen[]): number => all.reduce((sum, { forecasts }) => sum + forecasts.length, 0);
