import type { AuditAnswer, AuditQuery, InvocationSummary } from '@lamplighter/contracts';
import type { Terminal } from '../../terminal/terminal.ts';
import type { Around } from '../around-request.ts';

/** Where an audit is read: a deployed ingestion service, or what the last replay kept. */
export interface AuditSource {
  /** In a few words, for messages. */
  readonly name: string;
  /** All of it is at hand: the nearest ids that it answers are of all its requests. A deployment finds an id as a whole only. */
  readonly isLocal?: true;
  /** What time it is there, epoch milliseconds, where it has a clock of its own. */
  now?(): Promise<number>;
  ask(query: AuditQuery): Promise<AuditAnswer>;
  /** What was found when a request ran, done about it, and changed at its function: known in a deployment alone. What of it cannot be told is said on the terminal. */
  around?(invocation: InvocationSummary, terminal: Pick<Terminal, 'err'>): Promise<Around>;
}
