import { expect, test } from '@jest/globals';
import type { RemediationsQuery } from '@lamplighter/contracts';
import { answered, fakeServices } from '../../test/fake-services.ts';
import { keptAnswers } from './kept-answers.ts';

function counted() {
  let now = 0;
  let asked = 0;
  const remediations = async (_query: RemediationsQuery) => {
    asked++;
    return answered({ kind: 'remediations' as const, remediations: [] });
  };
  const kept = keptAnswers(fakeServices({ remediations }), () => now);
  return { ...kept, asked: () => asked, pass: (ms: number) => (now += ms) };
}

test('many readers ask a service once in 2.5 seconds', async () => {
  const { services, asked, pass } = counted();
  await Promise.all(Array.from({ length: 100 }, () => services.remediations({ kind: 'recent' })));
  expect(asked()).toBe(1);
  pass(2_500);
  await services.remediations({ kind: 'recent' });
  expect(asked()).toBe(2);
});

test('another question is another answer', async () => {
  const { services, asked } = counted();
  await services.remediations({ kind: 'recent', limit: 1 });
  await services.remediations({ kind: 'recent', limit: 2 });
  expect(asked()).toBe(2);
});

test('whatever changes something is always asked, and forgetting shows it at once', async () => {
  const { services, asked, forget } = counted();
  const decide = { kind: 'decide', remediationId: 'r', decision: 'approve', by: 'anna' } as const;
  await services.remediations(decide);
  await services.remediations(decide);
  await services.remediations({ kind: 'recent' });
  forget();
  await services.remediations({ kind: 'recent' });
  expect(asked()).toBe(4);
});

test('when there is no more room, the one that is kept longest goes, and no other', async () => {
  const { services, asked } = counted();
  const ask = (cursor: number) => services.remediations({ kind: 'recent', cursor: String(cursor) });
  for (let cursor = 0; cursor <= 1_000; cursor++) await ask(cursor);
  await ask(1);
  expect(asked()).toBe(1_001);
  await ask(0);
  expect(asked()).toBe(1_002);
});

test('a failure is not kept', async () => {
  let asked = 0;
  const findings = async () => {
    asked++;
    return { kind: 'failed' as const, reason: 'query-findings: TimeoutError' };
  };
  const { services } = keptAnswers(fakeServices({ findings }), () => 0);
  await services.findings({ kind: 'open' });
  await services.findings({ kind: 'open' });
  expect(asked).toBe(2);
});
