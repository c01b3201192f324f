import type { Sampler } from '../random/sampler.ts';

const LOW = -3.6;
const WIDTH = 0.3;
const BINS = 24;
/** Positions of the grid that are tried in turn, so that over many ticks durations are continuous. */
const SHIFTS = 16;

interface Grid {
  readonly z: Float64Array;
  readonly probability: Float64Array;
  /** Probability of each bin given that none before it was taken: what a multinomial split needs. */
  readonly conditional: Float64Array;
}

const GRIDS: readonly Grid[] = Array.from({ length: SHIFTS }, (_, shift) => gridAt((shift + 0.5) / SHIFTS));

/** A grid over the standard normal distribution that cuts it into bins of equal width, a random shift of it a time. */
export function chooseGrid(sampler: Sampler): Grid {
  return GRIDS[Math.floor(sampler.uniform() * SHIFTS)]!;
}

/** `count` draws of a standard normal, as how many fall into each bin of the grid. */
export function splitOverBins(
  count: number,
  grid: Grid,
  sampler: Sampler,
  each: (z: number, count: number) => void,
): void {
  let rest = count;
  for (let bin = 0; bin < BINS && rest > 0; bin++) {
    const here = bin === BINS - 1 ? rest : sampler.binomial(rest, grid.conditional[bin]!);
    if (here > 0) each(grid.z[bin]!, here);
    rest -= here;
  }
}

/** Expectation of a function of a standard normal, over the unshifted grid. */
export function expectation(value: (z: number) => number): number {
  const { z, probability } = GRIDS[SHIFTS / 2]!;
  let sum = 0;
  for (let bin = 0; bin < BINS; bin++) sum += probability[bin]! * value(z[bin]!);
  return sum;
}

function gridAt(shift: number): Grid {
  const edges = Array.from({ length: BINS + 1 }, (_, bin) => LOW + (bin + shift - 0.5) * WIDTH);
  const mass = Array.from({ length: BINS }, (_, bin) => {
    const low = bin === 0 ? 0 : cumulative(edges[bin]!);
    return (bin === BINS - 1 ? 1 : cumulative(edges[bin + 1]!)) - low;
  });
  const left = mass.map((_, bin) => mass.slice(bin).reduce((sum, each) => sum + each, 0));
  return {
    z: Float64Array.from({ length: BINS }, (_, bin) => (edges[bin]! + edges[bin + 1]!) / 2),
    probability: Float64Array.from(mass),
    conditional: Float64Array.from(mass, (each, bin) => Math.min(1, each / left[bin]!)),
  };
}

/** Standard normal distribution function: Abramowitz and Stegun 7.1.26, error below 1.5e-7. */
function cumulative(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const tail =
    t *
    (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))) *
    Math.exp(-x * x);
  return z > 0 ? 1 - tail / 2 : tail / 2;
}
