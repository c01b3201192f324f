import type { ForecastsAnswer } from '@lamplighter/contracts';

/** What accounts and functions cost, and Lamplighter itself. */
export type CostReport = Omit<Extract<ForecastsAnswer, { kind: 'costs' }>, 'kind'> & {
  /** A log does not tell the architecture: a deployment asks Lambda for it, of logs alone all are priced as x86_64. */
  readonly pricedAs: 'x86_64' | 'configured';
  /** Of logs alone: the end of their newest minute, epoch milliseconds, whose day and month are told. Absent where it is now. */
  readonly asOf?: number;
};
