/** An error as Amazon States Language knows it: a name that Retry and Catch match, and a cause for people. */
export class StateError extends Error {
  readonly error: string;
  /** Absent where AWS reports none, as for a timeout. */
  readonly reason: string | undefined;
  /** Further names under which Retry and Catch find it: a missed heartbeat is reported as `States.Timeout`. */
  readonly aliases: readonly string[];

  constructor(error: string, reason?: string, aliases: readonly string[] = []) {
    super(`${error}: ${reason ?? ''}`);
    this.name = 'StateError';
    this.error = error;
    this.reason = reason;
    this.aliases = aliases;
  }
}

/** An input that the definition cannot be applied to. Neither Retry nor Catch of `States.ALL` sees it. */
export function runtimeError(reason: string): StateError {
  return new StateError('States.Runtime', reason);
}

/** Never matched by the wildcard: https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html */
const TERMINAL = new Set(['States.Runtime', 'States.DataLimitExceeded']);

/** Whether `ErrorEquals` names this error. */
export function matchesError(errorEquals: readonly string[], { error, aliases }: StateError): boolean {
  return errorEquals.some((name) => {
    if (name === error || aliases.includes(name)) return true;
    if (TERMINAL.has(error)) return false;
    return name === 'States.ALL' || (name === 'States.TaskFailed' && error !== 'States.Timeout');
  });
}

/** What a Catch puts into the output. */
export function errorOutput({ error, reason }: StateError): { Error: string; Cause: string } {
  return { Error: error, Cause: reason ?? '' };
}
