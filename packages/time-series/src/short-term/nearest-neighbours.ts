import { measureScale, type Scale, scaled, unscaled } from '../forecasters/scale.ts';
import type { FinePoint } from './fine-point.ts';
import type { ShortTermMember } from './short-term-member.ts';

export interface NearestNeighboursModel {
  readonly scale: Scale;
  /** Scaled logarithms, as many as the fit saw. */
  readonly values: readonly number[];
  readonly latest: readonly number[];
}

const NEIGHBOURS = 10;
/** Points whose mean is the level that all else is relative to. */
const LEVEL = 12;
/** Distances back that a shape is compared at, besides the newest part; each counts less than the one before. */
const SHAPE = [1, 2, 3, 4, 5, 6, 8, 10, 12];
const WEIGHTS = SHAPE.map((_, rank) => 1 / Math.sqrt(rank + 2));

/**
 * What followed the most similar hours: the median over the ten earlier places whose last points, relative to their level and on a logarithmic scale, lie nearest
 * to the newest ones.
 * Source: nearest-neighbour forecasts, Yakowitz, Journal of Time Series Analysis 8 (1987).
 */
export const nearestNeighbours: ShortTermMember<NearestNeighboursModel> = {
  fit: (points) => {
    const scale = measureScale(
      points.map(({ value }) => value),
      true,
    );
    return {
      scale,
      values: points.map(({ value }) => scaled(scale, value)),
      latest: points.map(({ latest }) => scaled(scale, latest)),
    };
  },
  mean: ({ scale, values, latest }, steps) => {
    const levels = levelsOf(values);
    const level = levels[values.length]!;
    const near = nearest({ values, latest, levels }, steps);
    return Array.from({ length: steps }, (_, step) => {
      const moves = near.map((place) => values[place + step]! - levels[place]!);
      return unscaled(scale, level + median(moves));
    });
  },
  update: ({ scale, values, latest }, point: FinePoint) => ({
    scale,
    values: [...values.slice(1), scaled(scale, point.value)],
    latest: [...latest.slice(1), scaled(scale, point.latest)],
  }),
};

interface Shapes {
  readonly values: readonly number[];
  readonly latest: readonly number[];
  readonly levels: readonly number[];
}

/** Places, each the index after its last known point, whose next `steps` points are known; the nearest first. */
function nearest({ values, latest, levels }: Shapes, steps: number): number[] {
  const now = values.length;
  const shape = SHAPE.map((back) => values[now - back]! - levels[now]!);
  const newest = latest[now - 1]! - levels[now]!;
  const places: number[] = [];
  const distances: number[] = [];
  for (let place = LEVEL; place <= now - steps; place++) {
    const farthest = distances[NEIGHBOURS - 1] ?? Number.POSITIVE_INFINITY;
    const level = levels[place]!;
    let distance = (latest[place - 1]! - level - newest) ** 2;
    for (let at = 0; at < SHAPE.length && distance < farthest; at++) {
      const difference = values[place - SHAPE[at]!]! - level - shape[at]!;
      distance += WEIGHTS[at]! * difference * difference;
    }
    if (distance < farthest) insert(places, distances, { place, distance });
  }
  return places;
}

function insert(places: number[], distances: number[], one: { readonly place: number; readonly distance: number }) {
  let at = Math.min(distances.length, NEIGHBOURS - 1);
  while (at > 0 && distances[at - 1]! > one.distance) {
    distances[at] = distances[at - 1]!;
    places[at] = places[at - 1]!;
    at--;
  }
  distances[at] = one.distance;
  places[at] = one.place;
}

/** By the index after the last of the points whose mean it is. */
function levelsOf(values: readonly number[]): number[] {
  const levels = [0];
  let sum = 0;
  for (let at = 0; at < values.length; at++) {
    sum += values[at]! - (at >= LEVEL ? values[at - LEVEL]! : 0);
    levels.push(sum / Math.min(at + 1, LEVEL));
  }
  return levels;
}

/** 0 of nothing. */
function median(values: readonly number[]): number {
  if (values.length === 0) return 0;
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
}
