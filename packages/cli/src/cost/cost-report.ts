import type { ForecastsAnswer } from '@lamplighter/contracts';

/** What accounts and functions cost, and Lamplighter itself. */
export type CostReport = Omit<Extract<ForecastsAnswer, { kind: 'costs' }>, 'kind'>;
