import { describeCrash } from '../environments/crash-reason.ts';
import type { InitOutcome, RunOutcome } from '../environments/execution-environment.ts';
import { initErrorType } from '../environments/function-environment.ts';
import { MAX_RESPONSE_BYTES } from '../lambda-limits.ts';
import type { InvocationStatus } from '../platform-log/platform-log.ts';

/** How an invocation ended, where its init did not end it first. */
export type Outcome = RunOutcome | (RunOutcome & { readonly initErrorType: string });

type FailedInit = Exclude<InitOutcome, { kind: 'ready' }>;

/** What an invocation shows of an init that failed twice: the runtime's own error, or the death of the environment. */
export function failedInit(outcome: FailedInit): Outcome {
  switch (outcome.kind) {
    case 'timeout':
      return { kind: 'timeout' };
    case 'crash':
      return { kind: 'crash', reason: outcome.reason };
    case 'error':
      return { kind: 'error', error: outcome.error, initErrorType: initErrorType(outcome) };
  }
}

/** What an ending means to the caller and to the log. */
export interface Ending {
  readonly status: InvocationStatus;
  readonly payload: string;
  readonly isFunctionError: boolean;
  readonly errorType?: string;
  readonly crash?: { readonly errorType: string; readonly detail: string };
}

export function describeEnding(requestId: string, outcome: Outcome, timeoutSeconds: number): Ending {
  switch (outcome.kind) {
    case 'success':
      return Buffer.byteLength(outcome.payload) > MAX_RESPONSE_BYTES
        ? tooLarge()
        : { status: 'success', isFunctionError: false, payload: outcome.payload };
    case 'error': {
      const crash = outcome.crash && describeCrash(outcome.crash);
      const errorType = 'initErrorType' in outcome ? outcome.initErrorType : crash?.errorType;
      return {
        // A runtime that reported what its handler threw has come back, which is all that the platform's word says.
        status: errorType === undefined ? 'success' : 'error',
        isFunctionError: true,
        payload: JSON.stringify(outcome.error),
        ...(crash ? { crash } : {}),
        ...(errorType ? { errorType } : {}),
      };
    }
    case 'timeout': {
      const errorMessage = `RequestId: ${requestId} Error: Task timed out after ${timeoutSeconds.toFixed(2)} seconds`;
      return {
        status: 'timeout',
        isFunctionError: true,
        payload: JSON.stringify({ errorType: 'Sandbox.Timedout', errorMessage }),
      };
    }
    case 'crash': {
      const crash = describeCrash(outcome.reason);
      const errorMessage = `RequestId: ${requestId} Error: ${crash.detail}`;
      const payload = JSON.stringify({ errorType: crash.errorType, errorMessage });
      return { status: 'error', isFunctionError: true, crash, errorType: crash.errorType, payload };
    }
  }
}

function tooLarge(): Ending {
  const errorType = 'Function.ResponseSizeTooLarge';
  const errorMessage = `Response payload size exceeded maximum allowed payload size (${MAX_RESPONSE_BYTES} bytes).`;
  return { status: 'error', isFunctionError: true, errorType, payload: JSON.stringify({ errorMessage, errorType }) };
}
