import type { ApplicationLogLevel } from '../worker/messages.ts';

export type SystemLogLevel = 'DEBUG' | 'INFO' | 'WARN';

export interface LoggingConfiguration {
  readonly logFormat: 'Text' | 'JSON';
  readonly logGroup: string;
  readonly applicationLogLevel: ApplicationLogLevel;
  readonly systemLogLevel: SystemLogLevel;
}

/** What a function, or one of its published versions, is. A change makes a new value; running environments keep the old one. */
export interface FunctionConfiguration {
  readonly functionName: string;
  /** `$LATEST` or a number. */
  readonly version: string;
  readonly description: string;
  readonly runtime: string;
  readonly handler: string;
  readonly roleArn: string;
  readonly memorySizeMb: number;
  readonly timeoutSeconds: number;
  readonly ephemeralStorageMb: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly architecture: 'x86_64' | 'arm64';
  readonly tracingMode: 'Active' | 'PassThrough';
  readonly logging: LoggingConfiguration;
  readonly deadLetterTargetArn?: string;
  readonly kmsKeyArn?: string;
  readonly code: CodePackage;
  /** Epoch milliseconds of the sandbox's clock. */
  readonly lastModified: number;
  readonly revisionId: string;
}

export interface CodePackage {
  readonly sha256: string;
  readonly sizeBytes: number;
  /** Where the package is unpacked: LAMBDA_TASK_ROOT. */
  readonly directory: string;
}
