import type { InvocationStatus } from '../../invocation.ts';
import type { LoggedError, ReportRecord, RuntimeDoneRecord } from '../../records/log-record.ts';
import { type FailureEvidence, isKilled, usedUpMemory } from './failure-evidence.ts';

export interface Outcome {
  readonly status: InvocationStatus;
  readonly errorType?: string;
  readonly errorMessage?: string;
}

export interface Testimony {
  readonly report?: ReportRecord | undefined;
  readonly runtimeDone?: RuntimeDoneRecord | undefined;
  readonly evidence: FailureEvidence;
  /** Whether the handler wrote anything: an initialisation that failed leaves it no chance to. */
  readonly hasHandlerOutput: boolean;
  readonly lastError: () => LoggedError | undefined;
}

const INIT_ERRORS: ReadonlySet<string | undefined> = new Set([
  'Runtime.ImportModuleError',
  'Runtime.UserCodeSyntaxError',
  'Runtime.HandlerNotFound',
  'Runtime.MalformedHandlerName',
  'Runtime.InvalidEntrypoint',
  'Runtime.InitError',
  'Runtime.InvalidWorkingDir',
]);

/** How an attempt ended. The platform's word comes first; lines count where it is silent, or say what went wrong. */
export function judgeOutcome(testimony: Testimony): Outcome {
  const status = statusOf(testimony);
  return status === 'success' || status === 'unknown' ? { status } : { status, ...errorOf(testimony, status) };
}

function statusOf(testimony: Testimony): InvocationStatus {
  const { report, runtimeDone, evidence } = testimony;
  const said = report?.status ?? runtimeDone?.status;
  if (said === 'success') return statusOfAnswered(testimony);
  if (isOutOfMemory(testimony)) return 'out-of-memory';
  if (said === 'timeout') return 'timeout';
  if (said !== undefined) return isInitError(testimony) ? 'init-error' : 'error';
  if (evidence.timeout !== undefined) return 'timeout';
  if (isSilentInitError(testimony)) return 'init-error';
  if (evidence.exit !== undefined) return 'error';
  if (evidence.uncaught !== undefined && !evidence.uncaught.isBeforeStart) return 'error';
  return report === undefined && runtimeDone === undefined ? 'unknown' : 'success';
}

/**
 * `success` of the JSON format says that the runtime came back for the next invocation, which it does as well when the handler threw: as in a text
 * REPORT without a status, the runtime's own line decides.
 * @see https://github.com/aws-samples/aws-lambda-extensions/issues/85
 */
function statusOfAnswered({ evidence: { uncaught } }: Testimony): InvocationStatus {
  return uncaught === undefined || uncaught.isBeforeStart ? 'success' : 'error';
}

/** Full memory alone proves nothing (the emulator always reports it so): the process must also have been killed, or said why it died. */
function isOutOfMemory({ report, runtimeDone, evidence }: Testimony): boolean {
  const types = [report?.errorType, runtimeDone?.errorType, evidence.uncaught?.type, evidence.exit?.errorType];
  if (types.includes('Runtime.OutOfMemory')) return true;
  if (evidence.exit === undefined || !isKilled(evidence.exit)) return false;
  return report === undefined || usedUpMemory(report);
}

function isInitError({ report, runtimeDone, evidence }: Testimony): boolean {
  const type = report?.errorType ?? runtimeDone?.errorType;
  if (INIT_ERRORS.has(type) || type?.startsWith('Extension.') === true) return true;
  return evidence.failedInit?.isInsideInvocation === true || evidence.uncaught?.isBeforeStart === true;
}

/** Before REPORT carried a status, an initialisation that failed showed only by its own lines and by a handler that never spoke. */
function isSilentInitError({ evidence, hasHandlerOutput, report }: Testimony): boolean {
  const { failedInit, uncaught, exit } = evidence;
  if (INIT_ERRORS.has(uncaught?.type) && uncaught?.isBeforeStart === false) return true;
  if (failedInit?.isInsideInvocation === true) return !hasHandlerOutput || exit !== undefined || report === undefined;
  return !hasHandlerOutput && uncaught?.isBeforeStart === true;
}

function errorOf(
  { report, runtimeDone, evidence, lastError }: Testimony,
  status: InvocationStatus,
): Omit<Outcome, 'status'> {
  const { timeout, exit, uncaught, failedInit } = evidence;
  const said = report?.errorType ?? runtimeDone?.errorType ?? failedInit?.errorType;
  if (status === 'timeout') {
    const text = timeout === undefined ? undefined : `Task timed out after ${timeout.afterSeconds.toFixed(2)} seconds`;
    return given(said ?? 'Sandbox.Timedout', text);
  }
  const logged = uncaught ?? (exit === undefined ? lastError() : undefined);
  const ended = exit?.text.split('\n')[0];
  return given(
    said ?? logged?.type ?? exit?.errorType ?? (exit === undefined ? undefined : 'Runtime.ExitError'),
    logged?.message || ended,
  );
}

const given = (errorType: string | undefined, errorMessage: string | undefined): Omit<Outcome, 'status'> => ({
  ...(errorType === undefined ? {} : { errorType }),
  ...(errorMessage === undefined || errorMessage === '' ? {} : { errorMessage }),
});
