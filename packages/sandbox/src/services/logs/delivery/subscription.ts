import type { FilterPattern } from '../filter-pattern/filter-pattern.ts';
import type { Destination } from './destination.ts';

/** A subscription filter of one log group, or the account policy that acts as a filter on all of them. */
export interface Subscription {
  readonly name: string;
  readonly filterPattern: string;
  readonly pattern: FilterPattern;
  readonly destination: Destination;
  readonly createdAt: number;
  readonly isAccountPolicy: boolean;
  /** Nothing is forwarded before this time of the clock, in epoch milliseconds. */
  disabledUntil: number;
}
