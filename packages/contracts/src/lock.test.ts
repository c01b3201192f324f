import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { eventContracts } from './event-contracts.ts';
import { lockOf, relock } from './lock.ts';

describe('contracts', () => {
  test('are what the lock file agreed on', () => {
    const agreed = JSON.parse(readFileSync(new URL('../contracts.lock.json', import.meta.url), 'utf8'));
    expect(lockOf()).toEqual(agreed);
  });

  test.each(eventContracts.map((contract) => [contract.detailType, contract] as const))(
    '%s reads its own example',
    (_name, contract) => {
      const entry = contract.entry(contract.example, 'key-1');
      expect(contract.parse(JSON.parse(entry.Detail))).toEqual({ data: contract.example, idempotencyKey: 'key-1' });
    },
  );

  test.each(eventContracts.map((contract) => [contract.detailType, contract] as const))(
    '%s refuses to publish another shape',
    (_name, contract) => {
      expect(() => contract.entry({}, 'key-1')).toThrow();
    },
  );

  test('a consumer ignores keys that it does not know', () => {
    const contract = eventContracts[0]!;
    const read = contract.parse({
      metadata: { version: 1, idempotencyKey: 'k' },
      data: { ...(contract.example as object), later: true },
    });
    expect(read.data).toEqual(contract.example);
  });

  test('a query is agreed on like an event', () => {
    const queries = Object.keys(lockOf()).filter((key) => key.startsWith('query/'));
    expect(queries.map((key) => key.slice('query/'.length))).toEqual(
      ['Alerts', 'Audit', 'Findings', 'Forecasts', 'Remediations', 'Search'].flatMap((name) => [
        `${name}Answer@1`,
        `${name}Query@1`,
      ]),
    );
  });

  test('a shape that changes or goes breaks the agreement; one that comes does not', () => {
    const agreed = { 'a@1': { type: 'string' }, 'b@1': {}, 'c@1': {} };
    const current = { 'a@1': { type: 'number' }, 'c@1': {}, 'd@1': {} };
    expect(() => relock(agreed, current, false)).toThrow(/^CONTRACT_CHANGED: a@1, b@1\. Raise the version/);
    expect(JSON.parse(relock(agreed, current, true))).toEqual(current);
    expect(JSON.parse(relock(agreed, { ...agreed, 'd@1': {} }, false))).toHaveProperty(['d@1']);
  });

  test('a detail without metadata has no key, and is read all the same', () => {
    const contract = eventContracts[0]!;
    expect(contract.parse({ data: contract.example }).idempotencyKey).toBe('');
  });
});
