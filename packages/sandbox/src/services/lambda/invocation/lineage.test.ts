import { expect, test } from '@jest/globals';
import { headerOfBatch, isLoop, lineageThrough } from './lineage.ts';

const TICK = 'arn:aws:lambda:us-east-1:123456789012:function:tick';
const TOCK = 'arn:aws:lambda:us-east-1:123456789012:function:tock';
const ROOT = 'Root=1-5e7d7595-212fa9d19ee07c4884191322;Parent=9a8d5d30a5e7a3c1;Sampled=0';

/** The header after the functions ran, one after the other. */
const through = (functionArns: readonly string[]): string =>
  functionArns.reduce((header, arn) => `${ROOT};Lineage=${lineageThrough(header, arn)}`, ROOT);

test('a chain goes through a function sixteen times', () => {
  expect(isLoop(through(Array(15).fill(TICK)), TICK)).toBe(false);
  expect(isLoop(through(Array(16).fill(TICK)), TICK)).toBe(true);
  expect(isLoop(through(Array(16).fill(`${TICK}:live`)), TICK)).toBe(true);
});

test('each function of a circle is counted for itself', () => {
  const circle = through(Array.from({ length: 31 }, (_, turn) => (turn % 2 === 0 ? TICK : TOCK)));
  expect([isLoop(circle, TICK), isLoop(circle, TOCK)]).toEqual([true, false]);
});

test('a batch has come as far as its farthest', () => {
  const near = through([TICK]);
  const far = through([TICK, TICK, TOCK]);
  expect(headerOfBatch([undefined, near, far])).toBe(`${ROOT};Lineage=${far.split('Lineage=')[1]}`);
  expect(headerOfBatch([far, near])).toBe(far);
  expect(headerOfBatch([ROOT])).toBe(ROOT);
  expect(headerOfBatch([undefined])).toBeUndefined();
});
