import { expect, test } from '@jest/globals';
import { ForecastPublished } from '@lamplighter/contracts';
import type { CapacityFailure } from '../../ports.ts';
import { forecastResources } from './forecast-resources.ts';

const { accountId, region } = ForecastPublished.example.resource;
const event = { detail: JSON.parse(ForecastPublished.entry(ForecastPublished.example, 'key').Detail) };

async function forecast(...failed: readonly CapacityFailure[]): Promise<string[]> {
  const logged: string[] = [];
  const unused = () => Promise.reject(new Error('nothing was found'));
  const logger = {
    warn: (_text: string, { what }: { what: string }) => void logged.push(`warn ${what}`),
    error: (_text: string, { what }: { what: string }) => void logged.push(`error ${what}`),
  };
  const deps = {
    own: { accountId, region },
    capacities: async () => ({ found: [], failed }),
    knownGauges: async () => [],
    measurements: unused,
    publish: unused,
    predictions: { read: unused, glance: unused, write: unused, minutesOf: unused },
    now: () => 0,
  };
  await forecastResources(event, deps, logger as unknown as Parameters<typeof forecastResources>[2]);
  return logged;
}

test('what may not be looked at is said, and not tried again', async () => {
  const error = Object.assign(new Error('not authorized'), { name: 'AccessDeniedException' });

  expect(await forecast({ what: 'streams', error })).toEqual(['warn streams']);
});

test('that there is more than is watched is said, and not tried again', async () => {
  const error = Object.assign(new Error('Of 60 tables the first 50 are watched.'), { name: 'NotAllWatched' });

  expect(await forecast({ what: 'tables', error })).toEqual(['warn tables']);
});

test('what failed otherwise comes again', async () => {
  await expect(forecast({ what: 'tables', error: new Error('a network') })).rejects.toThrow(
    '1 figures were not forecast',
  );
});
