import { describe, expect, test } from '@jest/globals';
import book from './price-book/us-east-1.json' with { type: 'json' };
import { findPrice, type PriceKey, usdOf } from './price-book.ts';

describe('price book', () => {
  test('tells a price with its unit, source, date and confidence', () => {
    expect(findPrice('kinesis.ondemand_stream_hour')).toMatchObject({
      usd: 0.04,
      unit: 'per stream-hour',
      asOf: '2025-11-03',
      confidence: 'aws-price-json',
    });
  });

  test('names a key that it does not hold', () => {
    expect(() => usdOf('lambda.teleport' as PriceKey)).toThrow('The price book has no price lambda.teleport.');
    expect(() => usdOf('toString' as PriceKey)).toThrow('The price book has no price toString.');
  });

  test('refuses a price whose value nobody gave', () => {
    expect(() => usdOf('opensearch_serverless.managed_storage')).toThrow(
      'The price book knows no value for opensearch_serverless.managed_storage.',
    );
  });

  test('holds for every price a unit, and a source with its date unless there is no value', () => {
    const prices = Object.entries(book.prices).flatMap(([service, items]) =>
      Object.keys(items).map((item) => findPrice(`${service}.${item}` as PriceKey)),
    );
    expect(prices.length).toBeGreaterThan(180);
    expect(prices.filter((price) => price.unit === '')).toEqual([]);
    expect(prices.filter(({ usd, source, asOf }) => usd !== null && (source === '' || asOf === ''))).toEqual([]);
    expect(prices.filter(({ usd, confidence }) => (usd === null) !== (confidence === 'not-found'))).toEqual([]);
  });
});
