/** What host and worker of a database say to each other. */

/** A value with its PostgreSQL type; 0 leaves the type to the statement. */
export interface EngineParameter {
  readonly typeId: number;
  readonly value: string | Uint8Array | null;
}

export interface EngineResult {
  /** `SELECT`, `INSERT`, `ROLLBACK`. */
  readonly command: string;
  readonly columns: readonly EngineColumn[];
  /** Values in PostgreSQL's text form. */
  readonly rows: readonly (readonly (string | null)[])[];
  readonly affectedRows: number;
}

export interface EngineColumn {
  readonly name: string;
  readonly typeId: number;
}

/** An error as PostgreSQL reports it. */
export interface EngineFailure {
  readonly severity: string;
  readonly message: string;
  /** SQLSTATE. */
  readonly code: string;
  readonly detail?: string;
  readonly hint?: string;
  readonly position?: string;
}

export type EngineRequest =
  | {
      readonly kind: 'query';
      readonly id: number;
      readonly sql: string;
      readonly parameters: readonly EngineParameter[];
    }
  /** Several statements that answer nothing. */
  | { readonly kind: 'script'; readonly id: number; readonly sql: string };

export type EngineAnswer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'result'; readonly id: number; readonly result: EngineResult }
  | { readonly kind: 'failure'; readonly id: number; readonly failure: EngineFailure };
