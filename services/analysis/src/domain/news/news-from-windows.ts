import { WindowsClosed } from '@lamplighter/contracts';
import { type FunctionNews, newsOf } from './function-news.ts';

/** Closed minutes, first or corrected. */
export function newsFromWindows(detail: unknown): FunctionNews {
  const { windows, silenceMinutes, ...identity } = WindowsClosed.parse(detail).data;
  return newsOf(identity, { windows, ...(silenceMinutes !== undefined && { silenceMinutes }) });
}
