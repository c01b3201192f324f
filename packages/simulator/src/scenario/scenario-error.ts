/** A scenario that cannot be run: one line that says what, and one that says what to do. */
export class ScenarioError extends Error {
  readonly code: 'unreadable-scenario' | 'invalid-scenario' | 'unknown-resource';
  readonly wayOut: string;

  constructor(code: ScenarioError['code'], problem: string, wayOut: string) {
    super(problem);
    this.name = 'ScenarioError';
    this.code = code;
    this.wayOut = wayOut;
  }
}
