import type { Problem } from '../domain/problem.ts';

/** Ends a request with a problem instead of its answer; the router turns it into a response. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}
