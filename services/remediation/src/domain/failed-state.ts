/** What Step Functions catches: a function that ran out of time has no cause. https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html */
export interface FailedState {
  readonly Error: string;
  readonly Cause?: string;
}

/** Why a state failed, in words: Lambda's own of a function that threw (`{"errorMessage": …}`). */
export function failureIn(error: FailedState | undefined): string | undefined {
  if (error === undefined) return undefined;
  return messageIn(error.Cause ?? '') || error.Error;
}

function messageIn(cause: string): string {
  try {
    const { errorMessage } = JSON.parse(cause) as { readonly errorMessage?: unknown };
    return typeof errorMessage === 'string' ? errorMessage : cause;
  } catch {
    return cause;
  }
}
