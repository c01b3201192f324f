import type { ResourceForecast } from '../../../packages/contracts/src/index.ts';
import type { House } from '../house/house.ts';

type PublishedForecast = ResourceForecast['forecasts'][number];

/** Keeps each forecast of the account's calls as it is published: the service itself keeps the newest, and how good the others were. */
export function collectForecasts(house: House) {
  const made = new Map<string, PublishedForecast>();
  return {
    async look(): Promise<void> {
      const answer = await house.forecasts({ kind: 'forecasts' });
      for (const { resource, forecasts } of answer.kind === 'forecasts' ? answer.forecasts : []) {
        if (resource.type !== 'account') continue;
        for (const one of forecasts) if (one.metric === 'invocations') made.set(one.forecastId, one);
      }
    },
    made: (): readonly PublishedForecast[] => [...made.values()].sort((a, b) => a.startsAt - b.startsAt),
  };
}
export type { PublishedForecast };
