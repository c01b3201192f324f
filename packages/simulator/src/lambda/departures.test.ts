import { expect, test } from '@jest/globals';
import { createSampler } from '../random/sampler.ts';
import { tickAt } from '../tick.ts';
import { Departures } from './departures.ts';

test('departures leave when their time is over, spread as their starts were', () => {
  const departures = new Departures(1_000);
  departures.addSpread(tickAt(0, 1_000), 2_250, 1_000, 0, createSampler(1, 'departures'));
  const left = Array.from({ length: 5 }, (_, index) => departures.drain(tickAt(index, 1_000)).ok);
  expect(left).toEqual([0, 0, 750, 250, 0]);
  expect(departures.inFlight).toBe(0);
});
