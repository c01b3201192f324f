import { expect, test } from '@jest/globals';
import { watchedPrefixOf } from './watched-prefix.ts';

const groups = (...names: readonly string[]) => names.map((logGroup) => ({ logGroup }));

test('log groups that Lambda names need no setting', () => {
  expect(watchedPrefixOf(groups('/aws/lambda/a', '/aws/lambda/b'))).toEqual({});
});

test('others are watched by what their names have in common', () => {
  expect(watchedPrefixOf(groups('/shop/orders', '/shop/offers', '/shop/orders'))).toEqual({
    watchedLogGroupPrefix: '/shop/o',
  });
});

test('names that begin differently are refused, with a way out', () => {
  expect(() => watchedPrefixOf(groups('orders', '/aws/lambda/a'))).toThrow(expect.objectContaining({ code: 'usage' }));
});
