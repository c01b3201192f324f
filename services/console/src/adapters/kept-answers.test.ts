import { expect, test } from '@jest/globals';
import type { FindingsAnswer, RemediationsQuery } from '@lamplighter/contracts';
import { answered, fakeServices, finding } from '../../test/fake-services.ts';
import type { Asked } from '../ports.ts';
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

/** A service whose answers come when the test lets them: the number of the question as the finding's revision. */
function late() {
  let now = 0;
  const waiting: ((isFailed?: 'failed') => void)[] = [];
  const findings = () =>
    new Promise<Asked<FindingsAnswer>>((resolve) => {
      const revision = waiting.length;
      const answer = answered<FindingsAnswer>({ kind: 'findings', findings: [{ ...finding, revision }] });
      waiting.push((isFailed) =>
        resolve(isFailed ? { kind: 'failed', reason: 'query-findings: TimeoutError' } : answer),
      );
    });
  const { services, forget } = keptAnswers(fakeServices({ findings }), () => now);
  const ask = async (): Promise<number | undefined> => {
    const told = await services.findings({ kind: 'open' });
    return told.kind === 'answered' && told.answer.kind === 'findings' ? told.answer.findings[0]?.revision : undefined;
  };
  return {
    ask,
    forget,
    asked: () => waiting.length,
    let: (at: number, how?: 'failed') => waiting[at]!(how),
    pass: (ms: number) => (now += ms),
  };
}

/** One whose first answer is there, and nearly over, and whose next one somebody has had asked for. */
async function renewing() {
  const service = late();
  const first = service.ask();
  service.let(0);
  await first;
  service.pass(1_500);
  expect(await service.ask()).toBe(0);
  expect(service.asked()).toBe(2);
  return service;
}

test('where many look nobody waits for the next answer, and it is asked for once', async () => {
  const service = await renewing();
  expect(await service.ask()).toBe(0);
  service.let(1);
  await Promise.resolve();
  expect(await service.ask()).toBe(1);
  expect(service.asked()).toBe(2);
  service.pass(1_400);
  expect(await service.ask()).toBe(1);
  expect(service.asked()).toBe(2);
});

test('who comes when the last answer is over waits for the one that is on its way', async () => {
  const service = await renewing();
  service.pass(1_000);
  const told = service.ask();
  service.let(1);
  expect(await told).toBe(1);
  expect(service.asked()).toBe(2);
});

test('a next answer that was on its way while the function slept is not told', async () => {
  const service = await renewing();
  service.pass(60_000);
  service.let(1);
  await Promise.resolve();
  const told = service.ask();
  expect(service.asked()).toBe(3);
  service.let(2);
  expect(await told).toBe(2);
});

test('a next answer is as old as its question', async () => {
  const service = await renewing();
  service.pass(900);
  service.let(1);
  await Promise.resolve();
  service.pass(1_600);
  void service.ask();
  expect(service.asked()).toBe(3);
});

test('a next answer that failed leaves the last one, for its time', async () => {
  const service = await renewing();
  service.let(1, 'failed');
  await Promise.resolve();
  expect(await service.ask()).toBe(0);
  service.pass(1_000);
  const told = service.ask();
  service.let(service.asked() - 1);
  expect(await told).toBe(service.asked() - 1);
});

test('whoever acted is not told what was asked for before', async () => {
  const service = await renewing();
  service.forget();
  const told = service.ask();
  service.let(1);
  service.let(2);
  expect(await told).toBe(2);
  expect(await service.ask()).toBe(2);
});
