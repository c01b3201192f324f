/** What the plugin needs of the framework: osls 3 and 4, Serverless 3 and 4 all have it. */
export interface Host {
  readonly service: HostService;
  readonly configSchemaHandler?: { defineCustomProperties(schema: Record<string, unknown>): void };
  readonly pluginManager: { spawn(command: string): Promise<void> };
  readonly processedInput?: { readonly commands?: readonly string[] };
  /** The framework's error for users: shown as one line, without a stack. */
  readonly classes?: { readonly Error?: new (message: string, code?: string) => Error };
  getProvider(name: 'aws'): HostProvider;
}

export interface HostService {
  /** Its name; an object in services written for Serverless 1. */
  readonly service?: unknown;
  readonly custom?: Readonly<Record<string, unknown>>;
  readonly functions?: Record<string, HostFunction>;
  readonly provider: {
    readonly compiledCloudFormationTemplate?: unknown;
    readonly tracing?: { readonly lambda?: unknown };
  };
}

export interface HostFunction {
  readonly name?: string;
  readonly disableLogs?: boolean;
  readonly events?: readonly unknown[];
  tracing?: unknown;
}

/** The provider's own way to AWS: clients of SDK v3 by its configuration (osls 4), or requests through it (the others). */
export interface HostProvider {
  getStage(): string;
  getRegion(): string;
  readonly naming: { getLambdaLogicalId(functionName: string): string; getStackName(): string };
  getAwsSdkV3Config?(): Promise<Record<string, unknown>>;
  /** Of SDK v2, or plain ones, in itself or under `credentials`. */
  getCredentials?(): unknown;
  request?(service: string, method: string, parameters: Record<string, unknown>): Promise<unknown>;
}

/** How the framework lets plugins speak. */
export interface HostWriters {
  readonly log?: {
    readonly notice?: (text: string) => void;
    readonly warning?: (text: string) => void;
  };
  readonly writeText?: (text: string) => void;
}
