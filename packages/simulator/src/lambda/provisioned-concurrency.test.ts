import { expect, test } from '@jest/globals';
import { ProvisionedConcurrency } from './provisioned-concurrency.ts';

test('provisioned concurrency lets nothing be used until all is allocated, at 6,000 a minute', () => {
  const provisioned = new ProvisionedConcurrency(10, 90_000);
  provisioned.request(0, 3_010);
  expect([provisioned.ready(119_999), provisioned.ready(120_000)]).toEqual([10, 3_010]);
  provisioned.request(200_000, 5);
  expect(provisioned.ready(200_000)).toBe(5);
});

test('what is taken away after seven minutes is paid for ten', () => {
  const provisioned = new ProvisionedConcurrency(0, 0);
  provisioned.request(60_000, 8);
  provisioned.request(480_000, 0);
  expect([480_000, 659_999, 660_000].map((at) => provisioned.paid(at))).toEqual([8, 8, 0]);
});
