import type { Evidence, Finding, FindingClass, RankedCause, Severity } from '@lamplighter/contracts';
import type { Core } from '../assess/core.ts';
import type { FunctionContext } from '../assess/function-context.ts';
import type { Recent } from '../assess/recent.ts';
import type { Fact } from '../windows/fact.ts';
import type { GivenUp } from '../windows/given-up.ts';
import type { Observation } from '../windows/observation.ts';

/** What a rule is given: a minute, and what was known before it. */
export interface Judgement {
  readonly context: FunctionContext;
  readonly seen: Observation;
  /** Before this minute: nothing of it has been learnt. */
  readonly core: Core;
  /** The last few calls, this minute's included. */
  readonly recent: Recent;
  /**
   * Minutes without a call up to this one, and how unusual such a run is, 0 to 1: packages/time-series' detector of drops to nothing. Counted where CloudWatch
   * has told that this minute has none, and not the logs alone.
   */
  readonly silence: { readonly minutes: number; readonly score: number; readonly isCounted?: boolean };
  /** Of this minute. */
  readonly facts: readonly Fact[];
  /** Asynchronous requests that were given up in this minute. */
  readonly givenUp?: GivenUp | undefined;
  /** When what this minute shows of the rule's class began, epoch milliseconds: with an earlier minute, or with this one. */
  readonly since: number;
  /** An incident of the rule's class is open: what keeps one open may be less than what opens one. */
  readonly isOpen: boolean;
}

/** The configured timeout, ms: as this minute tells it, else the configuration, else an earlier minute; undefined where none does. */
export const timeoutOf = ({ seen, context, core }: Pick<Judgement, 'seen' | 'context' | 'core'>): number | undefined =>
  seen.timeoutMs ?? context.timeoutMs ?? core.timeoutMs ?? undefined;

/** What a rule sees in a minute. The texts are whole sentences with the figures in them. */
export interface Signal {
  /** How unlikely it is without a fault, -ln of a probability. */
  readonly surprise: number;
  readonly severity: Severity;
  /** How bad it is, as a ratio: a finding is published again when it has doubled. */
  readonly magnitude: number;
  /** Share of the calls that are hit at least, 0 to 1, where it tells one trouble from a wider one. */
  readonly reach?: number;
  /** Without the function's name: "fails 38 % of its calls". */
  readonly title: string;
  readonly explanation: string;
  readonly evidence: readonly Evidence[];
  readonly causes?: readonly RankedCause[];
  readonly lookAt?: Finding['lookAt'];
  /** When it began, where that is earlier than the minute that showed it first. */
  readonly since?: number;
  /** The calls that show it end well for Lambda: it starts no environment, holds no message up, and explains nothing. */
  readonly isDealtWith?: true;
  /** Minutes that have to show it, where these figures are less, or more, certain than the rule's. */
  readonly opensAfter?: 1 | 2 | 4;
  /** Where the cause is known, what findings of the same cause share: "dependency/aurora". */
  readonly cause?: string;
}

/** One kind of finding: a file with the formula and its source. */
export interface Rule {
  readonly class: FindingClass;
  /** Minutes that have to show it, no more than three apart: 1 for what is certain at once. */
  readonly opensAfter: 1 | 2;
  /** Minutes without it that end it; 10 where absent. */
  readonly quietMinutes?: number;
  /** Its end is told as its beginning is: the first minute without it ends it, and no quiet is waited for. */
  readonly isToldToEnd?: true;
  judge(judgement: Judgement): Signal | undefined;
}
