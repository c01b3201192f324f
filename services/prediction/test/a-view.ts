import type { ForecastView } from '../src/domain/forecast-view.ts';

/** So many USD a month: half of it spent, a tenth today. */
export const aCost = (monthUsd: number): ForecastView['cost'] => ({
  at: 0,
  lastHourUsd: monthUsd / 720,
  todaySoFarUsd: monthUsd / 20,
  todayUsd: monthUsd / 10,
  monthSoFarUsd: monthUsd / 2,
  monthUsd,
  monthLowerUsd: monthUsd,
  monthUpperUsd: monthUsd,
  basis: 'forecast',
  knownFrom: 0,
});

type Parts = Partial<Pick<ForecastView, 'cost' | 'stack' | 'watched'>> & {
  readonly accountId?: string;
  readonly region?: string;
};

/** What is foreseen of a function; of an account where it has no name. */
export function aView(
  name: string | undefined,
  { accountId = '123456789012', region = 'us-east-1', ...parts }: Parts = {},
): ForecastView {
  const type = name === undefined ? 'account' : 'lambda-function';
  return {
    resource: { accountId, region, type, name: name ?? accountId },
    forecasts: [],
    limits: [],
    scores: [],
    cost: aCost(1),
    watched: { invocations: 0, busyMinutes: 0 },
    ...parts,
  };
}
