import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { sayDifference, sayValue } from './say-difference.ts';

const layer = (name: string, version: number): string =>
  `arn:aws:lambda:eu-west-1:123456789012:layer:${name}:${version}`;
const vpc = (...subnetIds: string[]): string =>
  JSON.stringify({ subnetIds, securityGroupIds: ['sg-0a1b2c3d4e5f60718'] });
const [A, B, C] = ['subnet-0a1b2c3d4e5f60718', 'subnet-0b1b2c3d4e5f60718', 'subnet-0c1b2c3d4e5f60718'];

test.each([
  ['1024', '512', '1024 → 512'],
  ['none', 'x86_64', 'none → x86_64'],
  [layer('shared-dependencies', 7), layer('shared-dependencies', 8), '…-dependencies:7 → …-dependencies:8'],
  [
    `${layer('base', 7)}, ${layer('telemetry', 3)}`,
    `${layer('base', 8)}, ${layer('telemetry', 3)}`,
    'arn:aws:lambda:eu-west-1:123456789012:layer:base:7 → arn:aws:lambda:eu-west-1:123456789012:layer:base:8',
  ],
  [
    layer('base', 7),
    `${layer('base', 7)}, ${layer('telemetry', 3)}`,
    'plus arn:aws:lambda:eu-west-1:123456789012:layer:telemetry:3',
  ],
  [vpc(A, B), vpc(A, C), `subnetIds ${B} → subnetIds ${C}`],
  [vpc(A, B), vpc(A), `without subnetIds ${B}`],
  [vpc(A, B), vpc(C), `without subnetIds ${A}, subnetIds ${B}, plus subnetIds ${C}`],
  ['none', layer('shared-dependencies', 12), 'none → arn:aws:lambda:eu-west-1:123456789012:la…red-dependencies:12'],
  ['512', '512', '512'],
  ['x'.repeat(200), 'x'.repeat(200), 'changed'],
])('%s and then %s is told as "%s"', (before, after, text) => {
  expect(sayDifference(before, after)).toBe(text);
});

test('a list whose end was not kept is told from where it differs, and no part of a member as one', () => {
  const layers = (versions: number[]): string =>
    versions
      .map((one, at) => layer(`l${at}`, one))
      .join(', ')
      .slice(0, 200);

  expect(sayDifference(layers([1, 1, 1, 1, 1]), layers([1, 2, 1, 1, 1]))).toMatch(/^….*:l1:1, .* → ….*:l1:2, /);
});

const member = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 90 }),
  fc.tuple(fc.constantFrom('base', 'shared-dependencies'), fc.nat(20)).map(([name, version]) => layer(name, version)),
  fc.constantFrom(A, B, C),
);
const list = fc.array(member, { minLength: 1, maxLength: 6 });
const value = fc
  .oneof(
    list.map((members) => members.join(', ')),
    list.map((members) => vpc(...members)),
  )
  .map((text) => text.slice(0, 200));

test('values that differ are never told by one and the same text', () => {
  fc.assert(
    fc.property(value, value, (before, after) => {
      fc.pre(before !== after);
      const text = sayDifference(before, after);
      const [old, now] = text.split(' → ');
      expect(now === undefined ? /^(without|plus) ./.test(text) : old !== now || text.split(' → ').length > 2).toBe(
        true,
      );
    }),
    { numRuns: 500 },
  );
});

test('a value on its own keeps its end', () => {
  expect(sayValue(layer('shared-dependencies', 7))).toBe(
    'arn:aws:lambda:eu-west-1:123456789012:la…ared-dependencies:7',
  );
  expect(sayValue(`\u001b[2J${'x'.repeat(300)}`)).not.toMatch(/\p{Cc}/u);
});
