import type { AuditAnswer, AuditQuery, InvocationSummary, WatchedFunction } from '@lamplighter/contracts';
import type { RunsOn } from '@lamplighter/pricing';
import type { Terminal } from '../../terminal/terminal.ts';
import type { Around } from '../around-request.ts';

/** Which function is meant; of any account and region where they are not named. */
export type FunctionPlace = Pick<WatchedFunction, 'functionName'> &
  Partial<Pick<WatchedFunction, 'accountId' | 'region'>>;

/** Where an audit is read: a deployed ingestion service, or what the last replay kept. */
export interface AuditSource {
  /** In a few words, for messages. */
  readonly name: string;
  /** All of it is at hand: the nearest ids that it answers are of all its requests. A deployment finds an id as a whole only. */
  readonly isLocal?: true;
  /** What time it is there, epoch milliseconds, where it has a clock of its own. */
  now?(): Promise<number>;
  ask(query: AuditQuery): Promise<AuditAnswer>;
  /** What a function runs on, which logs do not tell: nothing where it is not known. Known in a deployment alone. */
  runsOn?(of: FunctionPlace): Promise<RunsOn>;
  /** What was found when a request ran, done about it, and changed at its function: known in a deployment alone. What of it cannot be told is said on the terminal. */
  around?(invocation: InvocationSummary, terminal: Pick<Terminal, 'err'>): Promise<Around>;
}
