import type { EngineFailure } from './messages.ts';

/** An error that PostgreSQL reported. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  readonly failure: EngineFailure;

  constructor(failure: EngineFailure) {
    super(failure.message);
    this.failure = failure;
  }
}

/** A refusal of the connection itself. */
export const fatal = (code: string, message: string): DatabaseError =>
  new DatabaseError({ severity: 'FATAL', message, code });
