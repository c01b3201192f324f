import type { Aspect } from './coverage-report.ts';
import type { StackResource, StackView } from './stack-view.ts';

/** What is known besides the template. */
export interface Surroundings {
  /** An account-wide subscription policy, or Lamplighter's own hourly round, watches every function's log group. */
  readonly accountWatched: boolean;
  /** Names of log groups that are subscribed from outside the stack. */
  readonly subscribedGroups: readonly string[];
  /** The service is packaged with serverless-lamplighter: it is not told to add it. */
  readonly hasPlugin: boolean;
  /** Logical ids of functions whose failures their owner exempts: whoever calls them sees the error. */
  readonly exemptFunctions: ReadonlySet<string>;
}

/** The questions that a resource of one type raises, and what in the stack answers them. None: there is nothing to watch. */
export type CoverageRule = (resource: StackResource, stack: StackView, around: Surroundings) => readonly Aspect[];

/** Rules of one AWS service. */
export interface ServiceRules {
  /** Its name for people. */
  readonly service: string;
  readonly rules: Readonly<Record<string, CoverageRule>>;
}
