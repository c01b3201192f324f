import type { Connection } from './engine/connections.ts';

export type { Connection } from './engine/connections.ts';
export { DatabaseError } from './engine/database-error.ts';
export type { EngineColumn, EngineParameter, EngineResult } from './engine/messages.ts';

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** A cluster as the Data API sees it. */
export interface DataApiCluster {
  readonly arn: string;
  /** What a secret holds beside name and password once it is attached. */
  readonly connection: Readonly<Record<string, string | number>>;
  readonly hasHttpEndpoint: boolean;
  /** Databases that a call may name. */
  readonly databases: readonly string[];
  /** Real milliseconds after which a statement is given up. */
  readonly statementTimeoutMs: number;
  /**
   * Ready for a call. Throws `DatabaseResumingException` where the cluster is paused, which also resumes it, and
   * `DatabaseUnavailableException` where it has no writer.
   */
  wake(): Promise<void>;
  /** Waits for the connection; throws a `DatabaseError` where the database refuses. */
  connect(credentials: Credentials, patience: AbortSignal): Promise<Connection>;
}
