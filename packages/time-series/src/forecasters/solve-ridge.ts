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
    for (let j = 0; j <= i; j++) {
      let sum = gram[i * size + j]! + (i === j ? penalty[i]! : 0);
      for (let k = 0; k < j; k++) sum -= factor[i * size + k]! * factor[j * size + k]!;
      if (i !== j) factor[i * size + j] = sum * factor[j * size + j]!;
      else factor[i * size + i] = sum > 1e-10 * (gram[i * size + i]! + 1e-10) ? 1 / Math.sqrt(sum) : 0;
    }
  }
  return factor;
}
