import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { eventContracts } from './event-contracts.ts';
import { lockOf } from './lock.ts';

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
});
