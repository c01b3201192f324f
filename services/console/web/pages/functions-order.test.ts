import { expect, test } from '@jest/globals';
import type { FleetRow } from '../../src/api/get-fleet.ts';
import { ordered } from './functions-order.ts';

const rows: Readonly<Record<string, Pick<FleetRow, 'failures' | 'costUsd'>>> = {
  a: { failures: 0, costUsd: 3 },
  c: { failures: 7, costUsd: 1 },
  d: { failures: null, costUsd: null },
};
const order = (by: Parameters<typeof ordered>[1]) =>
  ordered(['a', 'b', 'c', 'd'], by, (name) => rows[name] as FleetRow | undefined).join('');

test('the worst stand first, and behind them those of which nothing is told, as they came', () => {
  expect(order('failures')).toBe('cabd');
  expect(order('costUsd')).toBe('acbd');
  expect(order('name')).toBe('abcd');
});
