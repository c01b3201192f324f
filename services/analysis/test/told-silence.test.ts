import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { assessNews } from '../src/assess/assess-news.ts';
import { newsOf } from '../src/domain/news/function-news.ts';
import { aMinute, IDENTITY, MINUTE_MS, minuteAt } from './a-minute.ts';
import { MemoryDeps } from './memory-deps.ts';

/** How long ingestion tells silence unless it is told otherwise. */
const DEFAULT = Number(
  /^ {4}silenceMinutes: .*, (\d+)\}$/m.exec(
    readFileSync(new URL('../../ingestion/serverless.yml', import.meta.url), 'utf8'),
  )?.[1],
);
/** So many minutes make a stop of traffic known. */
const HEALTHY = 100;

test.each([
  ['the default, told', DEFAULT, { silenceMinutes: DEFAULT }],
  ['the default, by an older ingestion', DEFAULT, {}],
  ['less', 12, { silenceMinutes: 12 }],
  ['a day', 1_440, { silenceMinutes: 1_440 }],
])(
  'a function that is never called again has no open finding when its silence is told no more: %s',
  async (_what, last, more) => {
    const memory = new MemoryDeps();
    const hear = async (minute: number, changes: Parameters<typeof aMinute>[1]) => {
      memory.now = minuteAt(minute) + MINUTE_MS;
      await assessNews(newsOf(IDENTITY, { windows: [aMinute(minute, changes)], ...more }), memory.deps);
    };
    for (let minute = 0; minute < HEALTHY; minute++) await hear(minute, {});
    await hear(HEALTHY, { errors: 20 });
    const states = () => [...memory.findings.values()].map(({ class: type, state }) => `${type} ${state}`);
    expect(states()).toEqual(['error-burst open']);

    const quiet = { invocations: 0, durationMs: { sum: 0, max: 0 }, costUsd: 0 };
    for (let minute = 1; minute <= Math.min(last, 60); minute++) await hear(HEALTHY + minute, quiet);
    expect(states()).toEqual(['error-burst resolved', 'traffic-drop resolved']);
    const [, drop] = [...memory.findings.values()];
    expect(drop?.explanation).toMatch(new RegExp(`No call has come for ${Math.min(last, 30)} minutes`));
  },
);

test('requests that are given up after the silence was told count as over an hour later, with whatever is heard then', async () => {
  const memory = new MemoryDeps();
  const hear = async (minute: number, news: Parameters<typeof newsOf>[1]) => {
    memory.now = minuteAt(minute) + MINUTE_MS;
    await assessNews(newsOf(IDENTITY, news), memory.deps);
  };
  for (let minute = 0; minute < HEALTHY; minute++) await hear(minute, { windows: [aMinute(minute)] });
  const late = HEALTHY + 360;
  const lost = { id: 'lost', at: minuteAt(late), requestId: 'r1', condition: 'EventAgeExceeded' as const };
  await hear(late, { facts: [{ kind: 'async-failure', ...lost }] });
  const states = () => [...memory.findings.values()].map(({ class: type, state }) => `${type} ${state}`);
  expect(states()).toEqual(['async-failures open']);

  const changed = { id: 'changed', at: minuteAt(late + 60), setting: 'timeout' };
  await hear(late + 60, { facts: [{ kind: 'configuration-change', ...changed }] });
  expect(states()).toEqual(['async-failures resolved']);
});
