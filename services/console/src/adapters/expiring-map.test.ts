import { expect, test } from '@jest/globals';
import { expiringMap } from './expiring-map.ts';

function held(most: number) {
  let now = 0;
  return { map: expiringMap<number>(most, () => now), pass: (ms: number) => (now += ms) };
}

test('what is over takes no memory once there is something new, and what is not over stays', () => {
  const { map, pass } = held(1_000);
  map.set('slow', 0, 30_000);
  for (let key = 1; key <= 100; key++) map.set(String(key), key, 2_500);
  expect(map.size()).toBe(101);

  pass(2_500);
  map.set('new', 101, 2_500);

  expect(map.size()).toBe(2);
  expect([map.get('slow'), map.get('100'), map.get('new')]).toEqual([0, undefined, 101]);
});

test('what is over is not given, though nothing has taken its place', () => {
  const { map, pass } = held(1);
  map.set('a', 1, 2_500);
  pass(2_499);
  expect(map.get('a')).toBe(1);
  pass(1);
  expect(map.get('a')).toBeUndefined();
});

test('what is set anew takes the room of no other, and is held longest no more', () => {
  const { map } = held(2);
  map.set('a', 1, 2_500);
  map.set('b', 2, 2_500);
  map.set('a', 3, 2_500);
  expect([map.get('a'), map.get('b')]).toEqual([3, 2]);
  map.set('c', 4, 2_500);
  expect([map.get('a'), map.get('b'), map.get('c')]).toEqual([3, undefined, 4]);
});
