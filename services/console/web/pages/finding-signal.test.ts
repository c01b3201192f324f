import { expect, test } from '@jest/globals';
import type { FindingClass } from '@lamplighter/contracts';
import { signalOf } from './finding-signal.ts';

test.each<[FindingClass, string]>([
  ['error-burst', 'calls'],
  ['timeouts', 'calls'],
  ['traffic-drop', 'calls'],
  ['slow-down', 'latency'],
  ['timeout-risk', 'latency'],
  ['memory-leak', 'memory'],
  ['out-of-memory', 'memory'],
  ['cold-starts', 'cold-starts'],
  ['throttling', 'concurrency'],
  ['cost-anomaly', 'cost'],
])('%s is shown by %s', (kind, signal) => {
  expect(signalOf({ class: kind, evidence: [] })).toBe(signal);
});

test('a deploy that failed is shown by its failures, a slow one by its latency, one that starts slowly by its cold starts', () => {
  const badDeploy = (metric: string) => signalOf({ class: 'bad-deploy', evidence: [{ text: '', metric }] });
  expect(badDeploy('failures by version')).toBe('calls');
  expect(badDeploy('duration p50 by version')).toBe('latency');
  expect(badDeploy('init p50 by version')).toBe('cold-starts');
});

test('connections that are waited for are slowness, those that are refused failures', () => {
  const pressure = (metric: string) => signalOf({ class: 'connection-pressure', evidence: [{ text: '', metric }] });
  expect(pressure('self time')).toBe('latency');
  expect(pressure('duration p50')).toBe('latency');
  expect(pressure('errors')).toBe('calls');
});

test('what speaks besides for a finding of one kind does not change what it is', () => {
  expect(signalOf({ class: 'error-burst', evidence: [{ text: '', metric: 'self time' }] })).toBe('calls');
});

test('a class of a newer release is shown by its calls', () => {
  expect(signalOf({ class: 'of-tomorrow' as FindingClass, evidence: [] })).toBe('calls');
});
