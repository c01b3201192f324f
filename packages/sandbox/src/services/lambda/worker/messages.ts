/** What the host and an execution environment's worker say to each other. Ordered: a result never overtakes a line logged before it. */

/** How the runtime writes application lines: the function's LoggingConfig. */
export interface ApplicationLogging {
  readonly format: 'Text' | 'JSON';
  readonly level: ApplicationLogLevel;
}

export type ApplicationLogLevel = 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | 'FATAL';

export interface WorkerSettings {
  /** `path/file.export` below the task root. */
  readonly handler: string;
  readonly taskRoot: string;
  readonly logging: ApplicationLogging;
  /** One float64: milliseconds to add to the machine's time, so that `Date` agrees with the sandbox's clock. */
  readonly clockOffset: SharedArrayBuffer;
  /** nodejs24.x and later refuse `(event, context, callback)` handlers. */
  readonly allowsCallback: boolean;
}

export interface InvokeMessage {
  readonly kind: 'invoke';
  readonly requestId: string;
  /** JSON text. */
  readonly payload: string;
  readonly invokedFunctionArn: string;
  /** Epoch milliseconds of the sandbox's clock. */
  readonly deadline: number;
  readonly traceHeader: string;
  /** Base64 JSON, as the `X-Amz-Client-Context` header carries it. */
  readonly clientContext?: string;
}

/** A thrown value as the runtime posts it. */
export interface RuntimeError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
}

export type WorkerMessage =
  | { readonly kind: 'initialized' }
  | { readonly kind: 'initFailed'; readonly error: RuntimeError }
  | { readonly kind: 'log'; readonly timestamp: number; readonly text: string }
  | {
      readonly kind: 'succeeded';
      readonly requestId: string;
      readonly payload: string;
      /** Heap and buffers at the end of the invocation. */
      readonly memoryBytes: number;
    }
  | {
      readonly kind: 'failed';
      readonly requestId: string;
      readonly error: RuntimeError;
      readonly memoryBytes: number;
      /** Set where the runtime exits after the error. */
      readonly exitStatus?: number;
    };
