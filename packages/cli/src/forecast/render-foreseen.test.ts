import { expect, test } from '@jest/globals';
import { ForecastPublished, type ResourceForecast } from '@lamplighter/contracts';
import { renderForeseen } from './render-foreseen.ts';

const plain = (_colour: string, text: string): string => text;
const published = ForecastPublished.example;
const { resource } = published;
const seen: Pick<ResourceForecast, 'resource' | 'forecasts' | 'limits'> = {
  resource,
  forecasts: [published],
  limits: [
    {
      kind: 'reserved-concurrency',
      name: 'Reserved concurrency',
      value: 20,
      unit: 'environments',
      used: 0.7,
      probability: 0.4,
      horizonMs: 3_600_000,
      at: 0,
    },
  ],
};
/** Three minutes into the forecast. */
const NOW = published.startsAt + 180_000;
const score = { forecasts: 288, wape: 0.11, naiveWape: 0.19, coverage95Pct: 95.4 };
const ways = [
  { name: 'naive', points: 288, ratioToNaive: 1, isUsed: true },
  { name: 'ensemble', points: 288, ratioToNaive: 1.2, isUsed: false },
];

test('a series has its highest, its band, its error beside the naive one, and what is not used on it', () => {
  const scores = [{ resource, metric: 'concurrency', recent: score, days: [], ways }];
  const text = renderForeseen({ forecasts: [], resources: [seen], scores }, plain, { now: NOW });

  expect(text).toMatch(/concurrency \(environments\) +14 +10 to 19 +11 % +42 % less +95 %/);
  expect(text).toContain('not ensemble: worse than naive here');
  expect(text).toContain('Reserved concurrency of 20 environments: reached with a probability of 40 %');
});

test.each([
  [0.4, 0.4, '40 % +the same'],
  [0.3, 0.2, '30 % +50 % more'],
  [0.9, 0.2, '90 % +5 times it'],
  [0, 0, '0.0 % +the same'],
  [0.1, 0, '10 % +more'],
  // Made while nothing came, of a series that then moved: both are off by all of it.
  [1, 1, '- +the same'],
  // Made while much came, of a series that then stood still: the share is of next to nothing.
  [63.9, 80, '- +20 % less'],
])(
  'an error of %d beside %d is told as a share and beside the naive one only where that says something',
  (wape, naiveWape, told) => {
    const scores = [{ resource, metric: 'concurrency', recent: { ...score, wape, naiveWape }, days: [], ways: [] }];
    const text = renderForeseen({ forecasts: [], resources: [seen], scores }, plain, { now: NOW });

    expect(text).toMatch(new RegExp(`10 to 19 +${told} +95 %`));
  },
);

test('a series without a truth yet says so, and names are shown as they are', () => {
  const hostile = { ...seen, resource: { ...resource, name: 'a\u001b[31m' }, limits: [] };
  const text = renderForeseen({ forecasts: [], resources: [hostile], scores: [] }, plain, { now: NOW });

  expect(text).toMatch(/ - +- +-/);
  expect(text).not.toContain('\u001b');
});

test('each says from when it is, and one whose time is over is no forecast any more', () => {
  const told = (now: number) => renderForeseen({ forecasts: [], resources: [seen], scores: [] }, plain, { now });
  const { startsAt, stepMs, mean } = published;

  expect(told(NOW)).toContain(`${resource.name}, from 2023-11-14 22:20 UTC (3 minutes ago)`);
  const over = told(startsAt + stepMs * mean.length);
  expect(over).toContain('over, nothing newer is foreseen');
  expect(over).not.toContain('environments');
});

test('in a window of 80 columns what finds no room is left out, and said', () => {
  const text = renderForeseen({ forecasts: [], resources: [seen, seen], scores: [] }, plain, { now: NOW, width: 80 });
  const [head = '', ...lines] = text.split('\n');
  const series = lines.filter((line) => line.startsWith('  concurrency'));

  expect(series).toHaveLength(2);
  expect(Math.max(...[head, ...series].map((line) => line.length))).toBeLessThanOrEqual(80);
  expect(text).toMatch(/Not shown in a window so narrow: .*by\./);
});

test("what stays at 0 and what is Lamplighter's own is counted, and shown where all is asked for", () => {
  const zeros = published.mean.map(() => 0);
  const still = {
    ...published,
    ...{
      metric: 'errors' as const,
      mean: zeros,
      bands: published.bands.map((band) => ({ ...band, lower: zeros, upper: zeros })),
    },
  };
  const own = { ...seen, limits: [], resource: { ...resource, name: 'lamplighter-dev-audit' } };
  const all = { forecasts: [], resources: [{ ...seen, forecasts: [published, still] }, own], scores: [] };
  const sifted = renderForeseen(all, plain, { now: NOW });
  const whole = renderForeseen(all, plain, { now: NOW, isAll: true });

  expect(sifted).toContain('Not shown: 1 series at 0, 1 resource of Lamplighter itself; --all shows them.');
  expect([/^ {2}errors/m.test(sifted), sifted.includes('lamplighter-dev-audit')]).toEqual([false, false]);
  expect([/^ {2}errors/m.test(whole), whole.includes('lamplighter-dev-audit')]).toEqual([true, true]);
  expect(whole).not.toContain('Not shown');
});

test('a limit that is near is told whoever owns it', () => {
  const own = { ...seen, resource: { ...resource, name: 'lamplighter-dev-audit' } };

  expect(renderForeseen({ forecasts: [], resources: [own], scores: [] }, plain, { now: NOW })).toContain(
    'reached with a probability of 40 %',
  );
});
