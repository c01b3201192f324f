import { gzipSync } from 'node:zlib';
import { DDSketch } from '@datadog/sketches-js';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { sketchOf } from '../testing/simulate-function.ts';
import { readSketch } from './read-sketch.ts';

test('reads the quantiles that the library reads', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0.001, max: 900_000, noNaN: true }), { minLength: 1, maxLength: 60 }),
      (durations) => {
        const sketch = new DDSketch({ relativeAccuracy: 0.01 });
        for (const each of durations) sketch.accept(each);

        const bins = readSketch(sketchOf(durations.map((each) => [each, 1] as const))) ?? [];

        expect(bins.reduce((sum, [, count]) => sum + count, 0)).toBeCloseTo(durations.length, 6);
        expect(bins.at(-1)?.[0] ?? 0).toBeCloseTo(sketch.getValueAtQuantile(1), 6);
      },
    ),
  );
});

test('anything that is no sketch is none, and costs nothing else', () => {
  fc.assert(fc.property(fc.string(), (text) => readSketch(text) === undefined));
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(() => readSketch(gzipSync(bytes).toString('base64'))).not.toThrow();
    }),
  );
});

test('a bomb is refused before it is unpacked', () => {
  const bomb = gzipSync(Buffer.alloc(50_000_000)).toString('base64');
  expect(readSketch(bomb)).toBeUndefined();
});

test('a bucket far out takes no memory', () => {
  // mapping { gamma 1.02 }, store { offset 2^30, one count }
  const gamma = Buffer.alloc(8);
  gamma.writeDoubleLE(1.02);
  const one = Buffer.alloc(8);
  one.writeDoubleLE(1);
  const store = Buffer.concat([Buffer.from([0x12, 8]), one, Buffer.from([0x18, 0x80, 0x80, 0x80, 0x80, 0x08])]);
  const message = Buffer.concat([Buffer.from([0x0a, 9, 0x09]), gamma, Buffer.from([0x12, store.length]), store]);
  expect(readSketch(gzipSync(message).toString('base64'))).toEqual([]);
});
