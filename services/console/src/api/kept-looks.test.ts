import { expect, test } from '@jest/globals';
import { type AuditQuery, type FunctionWindow, WindowsClosed } from '@lamplighter/contracts';
import { aGet, answered, fakeDeps, fakeServices, NOW } from '../../test/fake-services.ts';
import { keptAnswers } from '../adapters/kept-answers.ts';
import { answerApi } from './answer-api.ts';

const functions = Array.from({ length: 50 }, (_, at) => ({
  functionName: `f-${at}`,
  accountId: '1',
  region: 'eu-west-1',
  logGroup: `/aws/lambda/f-${at}`,
}));
const hour = { hour: 0, invoked: 1, audited: 1, completenessPct: 100, backfilled: 0 };

/** The API over services that count what they are asked, at a clock that is moved. */
function counted() {
  const clock = { now: NOW - (NOW % 30_000) };
  let asked = 0;
  const audit = async ({ kind }: AuditQuery) => {
    asked++;
    if (kind === 'functions') return answered({ kind, functions });
    if (kind === 'windows') return answered({ kind, windows: [] });
    return answered({ kind: 'completeness' as const, hours: [hour] });
  };
  const now = () => clock.now;
  const { services } = keptAnswers(fakeServices({ audit }), now);
  const ask = (path: string, query: Record<string, string> = {}, tag?: string) =>
    answerApi(aGet(path, query, tag ? { 'if-none-match': tag } : {}), fakeDeps(services, { now }));
  return { clock, ask, asked: () => asked };
}

test('ten pages that look at fifty functions within 70 ms ask as often as one', async () => {
  const { clock, ask, asked } = counted();
  for (let page = 0; page < 10; page++) {
    await ask('/api/fleet');
    clock.now += 7;
  }
  expect(asked()).toBe(101);
});

test('a page that looks again within the half minute asks nothing', async () => {
  const { clock, ask, asked } = counted();
  await ask('/api/fleet');
  clock.now += 20_000;
  await ask('/api/fleet');
  expect(asked()).toBe(101);
});

test('the same look half a minute later asks anew', async () => {
  const { clock, ask, asked } = counted();
  await ask('/api/function', { name: 'f-1' });
  clock.now += 30_000;
  await ask('/api/function', { name: 'f-1' });
  expect(asked()).toBe(2);
});

test("a function's page that did not change is a 304", async () => {
  const { clock, ask } = counted();
  const { headers } = await ask('/api/function', { name: 'f-1' });
  clock.now += 20_000;
  const { status, body } = await ask('/api/function', { name: 'f-1' }, headers.etag);
  expect({ status, body }).toEqual({ status: 304, body: '' });
});

test('minutes that are kept are summed up once, and anew when they are others', async () => {
  let looks = 0;
  const minute = (): FunctionWindow =>
    new Proxy(WindowsClosed.example.windows[0]!.figures, {
      get: (figures, name) => {
        if (name === 'start') looks++;
        return Reflect.get(figures, name);
      },
    });
  const clock = { now: NOW - (NOW % 30_000) };
  const audit = async () => answered({ kind: 'windows' as const, windows: [minute()] });
  const { services } = keptAnswers(fakeServices({ audit }), () => clock.now);
  const ask = () => answerApi(aGet('/api/function', { name: 'f-1' }), fakeDeps(services, { now: () => clock.now }));

  await ask();
  const once = looks;
  clock.now += 20_000;
  await ask();
  expect(looks).toBe(once);
  clock.now += 10_000;
  await ask();
  expect(looks).toBe(2 * once);
});
