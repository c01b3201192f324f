/** Share of the diagonal below which rounding is all that is left. */
const SMALLEST_PIVOT = 1e-10;

/**
 * Solves `(A + diag(penalty)) x = b` for a symmetric, positive semi-definite A by Cholesky's decomposition, in O(p³/6).
 * Source: Golub & Van Loan, Matrix Computations, algorithm 4.2.1. A direction without information (pivot near 0) gets the coefficient 0.
 *
 * @param gram A, row by row; only its lower triangle is read
 */
export function solveRidge(gram: Float64Array, right: Float64Array, penalty: Float64Array): Float64Array {
  const size = right.length;
  const factor = decompose(gram, penalty, size);
  const solution = Float64Array.from(right);
  for (let i = 0; i < size; i++) {
    let sum = solution[i]!;
    for (let k = 0; k < i; k++) sum -= factor[i * size + k]! * solution[k]!;
    solution[i] = sum * factor[i * size + i]!;
  }
  for (let i = size - 1; i >= 0; i--) {
    let sum = solution[i]!;
    for (let k = i + 1; k < size; k++) sum -= factor[k * size + i]! * solution[k]!;
    solution[i] = sum * factor[i * size + i]!;
  }
  return solution;
}

/** The lower factor, with the reciprocals of the diagonal on it. */
function decompose(gram: Float64Array, penalty: Float64Array, size: number): Float64Array {
  const factor = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) {
      const sum = gram[i * size + j]! - productOfRows(factor, size, i, j);
      factor[i * size + j] = sum * factor[j * size + j]!;
    }
    const pivot = gram[i * size + i]! + penalty[i]! - productOfRows(factor, size, i, i);
    factor[i * size + i] = pivot > SMALLEST_PIVOT * (gram[i * size + i]! + SMALLEST_PIVOT) ? 1 / Math.sqrt(pivot) : 0;
  }
  return factor;
}

/** The first j cells of the rows i and j. */
function productOfRows(factor: Float64Array, size: number, i: number, j: number): number {
  let sum = 0;
  for (let k = 0; k < j; k++) sum += factor[i * size + k]! * factor[j * size + k]!;
  return sum;
}
