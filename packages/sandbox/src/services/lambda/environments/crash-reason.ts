/** Why an environment ended by itself. */
export type CrashReason =
  | { readonly kind: 'exit'; readonly status: number }
  | { readonly kind: 'killed' }
  | { readonly kind: 'out-of-memory' };

export interface WorkerEnd {
  readonly status: number;
  readonly failure: unknown;
  readonly isKilled: boolean;
  readonly isOverMemory: boolean;
}

export function crashReason({ status, failure, isKilled, isOverMemory }: WorkerEnd): CrashReason {
  const code = (failure as { code?: string } | undefined)?.code;
  if (isOverMemory || code === 'ERR_WORKER_OUT_OF_MEMORY') return { kind: 'out-of-memory' };
  return isKilled ? { kind: 'killed' } : { kind: 'exit', status };
}

/** AWS's error type and wording for an environment that died. */
export function describeCrash(reason: CrashReason): { readonly errorType: string; readonly detail: string } {
  switch (reason.kind) {
    case 'out-of-memory':
      return { errorType: 'Runtime.OutOfMemory', detail: 'Runtime exited with error: signal: killed' };
    case 'killed':
      return { errorType: 'Runtime.ExitError', detail: 'Runtime exited with error: signal: killed' };
    case 'exit':
      return {
        errorType: 'Runtime.ExitError',
        detail:
          reason.status === 0
            ? 'Runtime exited without providing a reason'
            : `Runtime exited with error: exit status ${reason.status}`,
      };
  }
}
