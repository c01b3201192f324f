import type { InvocationStatus } from '../../invocation.ts';
import type { LoggedError, ReportRecord, RuntimeDoneRecord } from '../../records/log-record.ts';
import { type FailureEvidence, isKilled, usedUpMemory } from './failure-evidence.ts';
import { hasRunOut } from './memory-errors.ts';

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
  readonly hasHeapRunOut: () => boolean;
}

const INIT_ERRORS: ReadonlySet<string | undefined> = new Set([
  'Runtime.ImportModuleError',
  'Runtime.UserCodeSyntaxError',
  'Runtime.HandlerNotFound',
  'Runtime.MalformedHandlerName',
  'Runtime.InvalidEntrypoint',
  'Runtime.InitError',
  'Runtime.InvalidWorkingDir',
  'Runtime.InvalidTaskConfig',
  'Runtime.CallbackHandlerDeprecated',
]);

/** What may happen to an extension while the handler works as well as before. */
const MIDWAY: ReadonlySet<string> = new Set(['Extension.Crash', 'Extension.ExitError']);

/**
 * Names that the platform puts in place of the error's own: every custom name is unknown to it (rapid/model/error_types.go,
 * GetValidRuntimeOrFunctionErrorType), all of java's exceptions are the user's, and a process that died by an error has exited.
 */
const PLACEHOLDERS: ReadonlySet<string | undefined> = new Set([
  'Runtime.Unknown',
  'Function.Unknown',
  'Runtime.UserException',
  'Runtime.ExitError',
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
  if (uncaught === undefined || uncaught.isBeforeStart) return 'success';
  return hasRunOut(uncaught) ? 'out-of-memory' : 'error';
}

/**
 * Full memory alone proves nothing (the emulator always reports it so): the process must also have been killed, or have died without a word, or said
 * itself that it has no more.
 */
function isOutOfMemory({ report, runtimeDone, evidence, hasHeapRunOut }: Testimony): boolean {
  const { uncaught, exit } = evidence;
  const said = report?.errorType ?? runtimeDone?.errorType;
  if ([said, uncaught?.type, exit?.errorType].includes('Runtime.OutOfMemory')) return true;
  if (hasRunOut(uncaught) && !(said === undefined && uncaught?.isBeforeStart === true)) return true;
  if (exit !== undefined && isKilled(exit)) return report === undefined || usedUpMemory(report);
  if (exit === undefined && said !== 'Runtime.ExitError') return false;
  if (hasHeapRunOut()) return true;
  return exit === undefined && uncaught === undefined && usedUpMemory(report);
}

function isInitError({ report, runtimeDone, evidence, hasHandlerOutput }: Testimony): boolean {
  if (isInitType(report?.errorType ?? runtimeDone?.errorType, hasHandlerOutput)) return true;
  return evidence.failedInit?.isInsideInvocation === true || evidence.uncaught?.isBeforeStart === true;
}

function isInitType(type: string | undefined, hasHandlerOutput: boolean): boolean {
  if (type?.startsWith('Extension.') === true) return !(MIDWAY.has(type) && hasHandlerOutput);
  return INIT_ERRORS.has(type);
}

/** Before REPORT carried a status, an initialisation that failed showed only by its own lines and by a handler that never spoke. */
function isSilentInitError({ evidence, hasHandlerOutput, report }: Testimony): boolean {
  const { failedInit, uncaught, exit } = evidence;
  if (INIT_ERRORS.has(uncaught?.type) && uncaught?.isBeforeStart === false) return true;
  if (isInitType(exit?.errorType, hasHandlerOutput)) return true;
  if (failedInit?.isInsideInvocation === true) return !hasHandlerOutput || exit !== undefined || report === undefined;
  return !hasHandlerOutput && uncaught?.isBeforeStart === true;
}

function errorOf(
  { report, runtimeDone, evidence, lastError }: Testimony,
  status: InvocationStatus,
): Omit<Outcome, 'status'> {
  const { timeout, exit, uncaught, failedInit } = evidence;
  const said = report?.errorType ?? runtimeDone?.errorType ?? initErrorType(failedInit);
  if (status === 'timeout') {
    const text = timeout === undefined ? undefined : `Task timed out after ${timeout.afterSeconds.toFixed(2)} seconds`;
    return given(said ?? 'Sandbox.Timedout', text);
  }
  const logged = uncaught ?? (exit === undefined && !isDeath(said) ? lastError() : undefined);
  const ended = exit?.text.split('\n')[0];
  const own = logged?.type ?? exit?.errorType ?? (exit === undefined ? undefined : 'Runtime.ExitError');
  return given(PLACEHOLDERS.has(said) ? (logged?.type ?? said) : (said ?? own), logged?.message || ended);
}

/** A restoration that takes too long is told to the caller by this name. */
function initErrorType(failedInit: FailureEvidence['failedInit']): string | undefined {
  const isLateRestore = failedInit?.kind === 'restore-report' && failedInit.status === 'timeout';
  return failedInit?.errorType ?? (isLateRestore ? 'SnapStartTimeoutException' : undefined);
}

/** What no handler has to do with: an error that it logged before is none of this one's. */
const isDeath = (type: string | undefined): boolean =>
  type === 'Runtime.ExitError' || type === 'Runtime.OutOfMemory' || type?.startsWith('Extension.') === true;

const given = (errorType: string | undefined, errorMessage: string | undefined): Omit<Outcome, 'status'> => ({
  ...(errorType === undefined ? {} : { errorType }),
  ...(errorMessage === undefined || errorMessage === '' ? {} : { errorMessage }),
});
