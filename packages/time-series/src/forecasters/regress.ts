import { gramMatrix } from './gram-matrix.ts';
import { solveRidge } from './solve-ridge.ts';

/** Row by row; the first column is the constant. */
export interface DesignMatrix {
  readonly cells: Float64Array;
  readonly columns: number;
}

/** Per row; targets and columns have variances near 1. */
const PENALTY = 3e-4;
/** In standard deviations: smaller errors weigh no more. */
const SMALLEST_ERROR = 0.01;

/**
 * Coefficients of a ridge regression; with reweightings they approach those of the least absolute deviations.
 * Source: iteratively reweighted least squares, Schlossmacher, JASA 68 (1973).
 *
 * @param reweightings how often the rows are weighed anew by the inverse of their errors
 */
export function regress(design: DesignMatrix, targets: Float64Array, reweightings: number): Float64Array {
  const weights = new Float64Array(targets.length).fill(1);
  let coefficients = solve(design, targets, weights);
  for (let pass = 0; pass < reweightings; pass++) {
    for (let row = 0; row < targets.length; row++) {
      const error = Math.abs(targets[row]! - dot(design.cells, row * design.columns, coefficients));
      weights[row] = 1 / Math.max(SMALLEST_ERROR, error);
    }
    coefficients = solve(design, targets, weights);
  }
  return coefficients;
}

/** The sum of products of the coefficients with the cells from `at`. */
export function dot(cells: Float64Array, at: number, coefficients: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < coefficients.length; i++) sum += cells[at + i]! * coefficients[i]!;
  return sum;
}

function solve(design: DesignMatrix, targets: Float64Array, weights: Float64Array): Float64Array {
  const { cells, columns } = design;
  const right = new Float64Array(columns);
  let total = 0;
  for (let row = 0; row < targets.length; row++) {
    const value = weights[row]! * targets[row]!;
    for (let i = 0; i < columns; i++) right[i]! += value * cells[row * columns + i]!;
    total += weights[row]!;
  }
  const penalty = new Float64Array(columns).fill(PENALTY * Math.max(1, total));
  penalty[0] = 1e-9;
  return solveRidge(gramMatrix(design, weights), right, penalty);
}
