import type { Principal } from '../../core/peers.ts';

export interface InvokeRequest {
  /** Function ARN or name, with or without `:qualifier`. */
  readonly functionName: string;
  readonly payload: Buffer;
  readonly principal: Principal;
  /** `X-Amzn-Trace-Id` of the chain of requests that this is part of. */
  readonly traceHeader?: string | undefined;
}

export interface InvokeResult {
  readonly statusCode: number;
  readonly functionError?: 'Handled' | 'Unhandled';
  readonly payload: Buffer;
  readonly requestId: string;
}

export interface LambdaPeer {
  /** Synchronous invocation, as an event source mapping makes it. Throws `TooManyRequestsException`, `ResourceNotFoundException`, `AccessDeniedException`. */
  invoke(request: InvokeRequest): Promise<InvokeResult>;
  /** Queues an asynchronous invocation and resolves once it is accepted; retries, age and destinations are Lambda's own. */
  invokeAsync(request: InvokeRequest): Promise<void>;
  /** The dry run other services make on set-up: throws as `invokeAsync` would (`ResourceNotFoundException`, `AccessDeniedException`), invoking nothing. */
  assertInvokable(functionName: string, principal: Principal): void;
  /** Provisioned concurrency of an alias or version: what is asked for, and its highest utilisation (0 to 1) since the last look. */
  provisionedConcurrency(
    functionName: string,
    qualifier: string,
  ): { readonly requested: number; readonly utilisation: number | undefined };
  /** As PutProvisionedConcurrencyConfig; 0 ends it. */
  setProvisionedConcurrency(functionName: string, qualifier: string, count: number): void;
}
