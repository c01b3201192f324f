/** What a user can put right: shown as one line with its code and the way out; the program then exits with 2. */
export class InputError extends Error {
  readonly code: InputErrorCode;
  readonly wayOut: string;

  constructor(code: InputErrorCode, problem: string, wayOut: string, options?: ErrorOptions) {
    super(problem, options);
    this.name = 'InputError';
    this.code = code;
    this.wayOut = wayOut;
  }
}

export type InputErrorCode =
  | 'missing-file'
  | 'unreadable-file'
  | 'unwritable-file'
  | 'unreadable-csv'
  | 'nothing-judged'
  | 'unusable-season'
  | 'no-logs'
  | 'half-written-gz'
  | 'not-gzip'
  | 'unreadable-json'
  | 'unreadable-csv'
  | 'not-lambda-logs'
  | 'log-group-needed'
  | 'usage'
  | 'port-in-use'
  | 'packaging-failed'
  | 'not-packaged'
  | 'unreadable-exemptions'
  | 'no-replay'
  | 'unreachable-endpoint'
  | 'unknown-stage'
  | 'unknown-function'
  | 'no-access'
  | 'service-failed'
  | 'other-release'
  | 'refused'
  | 'unreadable-scenario'
  | 'invalid-scenario'
  | 'unknown-resource';
