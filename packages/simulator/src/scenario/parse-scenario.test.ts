import { expect, test } from '@jest/globals';
import { checkScenario } from '../twin/build/check-scenario.ts';
import { parseScenario } from './parse-scenario.ts';

const scenario = (change: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({ name: 't', duration: '5m', functions: { f: {} }, ...change });
const traffic = (curve: Readonly<Record<string, unknown>>) => ({ traffic: [{ to: 'f', curve }] });

test.each<[string, string, string]>([
  ['an empty file', '', 'In the scenario, there are no keys, such as name, duration and functions.'],
  ['text', 'hello', 'In the scenario, there are no keys, such as name, duration and functions.'],
  ['no name', scenario({ name: undefined }), 'In the scenario, name: it is missing.'],
  ['a span in numbers', scenario({ duration: 300 }), 'duration: a span is written like 250ms, 90s or 6h30m.'],
  ['a rate in numbers', scenario(traffic({ kind: 'constant', rate: 10 })), 'rate: a rate is written like 100/s'],
  ['a key that is misspelt', scenario(traffic({ kind: 'constant', rat: '1/s' })), 'curve: Unrecognized key: "rat"'],
  ['a day as start', scenario({ start: '2026-11-27' }), 'start: a start is written like 2026-11-27T08:00:00Z.'],
])('%s is told as such', (_, text, message) => {
  expect(() => parseScenario(text)).toThrow(message);
});

test('whoever misspells a resource hears which are there', () => {
  const misspelt = parseScenario(scenario({ apis: { a: { to: 'g' } } }));

  expect(() => checkScenario(misspelt)).toThrow('api a goes to g, which is not among functions (there: f).');
});
