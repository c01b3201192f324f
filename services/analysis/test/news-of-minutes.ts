import { assessNews } from '../src/assess/assess-news.ts';
import { type FunctionNews, newsOf } from '../src/domain/news/function-news.ts';
import { aMinute, IDENTITY } from './a-minute.ts';
import { MemoryDeps } from './memory-deps.ts';

/** News of minutes, with what each has that is otherwise. */
export const told = (...minutes: Parameters<typeof aMinute>[]): FunctionNews =>
  newsOf(IDENTITY, { windows: minutes.map((minute) => aMinute(...minute)) });
/** Forty minutes of health. */
export const healthy: readonly FunctionNews[] = Array.from({ length: 40 }, (_, minute) => told([minute]));
/** The next minute, in which calls fail. */
export const failing = told([40, { errors: 15 }]);
/** That minute, and one more. */
export const incident: readonly FunctionNews[] = [failing, told([41, { errors: 20 }])];

/** Assesses news one after the other, each a second after its minute's end. */
export async function assessAll(memory: MemoryDeps, news: readonly FunctionNews[]): Promise<void> {
  for (const one of news) {
    const last = one.windows.at(-1);
    if (last !== undefined && 'figures' in last) memory.now = last.figures.start + 61_000;
    await assessNews(one, memory.deps);
  }
}

/** After forty minutes of health. */
export async function afterHealth(): Promise<MemoryDeps> {
  const memory = new MemoryDeps();
  await assessAll(memory, healthy);
  memory.steps = 0;
  return memory;
}

/** What was published, in its order. */
export const changesIn = (memory: MemoryDeps) =>
  memory.published.map(({ Detail }) => {
    const { data, metadata } = JSON.parse(Detail);
    return { change: data.change, finding: data.finding, key: metadata.idempotencyKey };
  });
