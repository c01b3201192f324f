import type { InvocationSummary } from '@lamplighter/contracts';
import { errorText } from '@lamplighter/contracts/error-text';

/** A call as a list shows it: when it began (epoch ms), how it ended, what it took. */
export interface CallItem
  extends Pick<
    InvocationSummary,
    'requestId' | 'startedAt' | 'durationMs' | 'maxMemoryUsedMb' | 'version' | 'status' | 'coldStart' | 'attempts'
  > {
  /** Type and message, shortened. */
  readonly error?: string;
}

const MOST_CHARACTERS = 200;

export function callItem(invocation: InvocationSummary): CallItem {
  const { requestId, startedAt, durationMs, maxMemoryUsedMb, version, status, coldStart, attempts } = invocation;
  const error = errorText(invocation.errorType, invocation.errorMessage);
  return {
    ...{ requestId, status, coldStart, attempts },
    ...(startedAt !== undefined && { startedAt }),
    ...(durationMs !== undefined && { durationMs }),
    ...(maxMemoryUsedMb !== undefined && { maxMemoryUsedMb }),
    ...(version !== undefined && { version }),
    ...(error !== '' && { error: error.slice(0, MOST_CHARACTERS) }),
  };
}

/** Whether it failed, or one of its attempts did: a retry that went well hides no failure. */
export const isFailedCall = ({ status, attempts }: Pick<InvocationSummary, 'status' | 'attempts'>): boolean =>
  (status !== 'success' && status !== 'unknown') || attempts > 1;
