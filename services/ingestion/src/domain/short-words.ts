import type { Attempt } from '@lamplighter/lambda-logs';

/**
 * How much is kept of what an attempt's lines say in free words, in characters. A line has up to a megabyte, and the item of a request, with
 * all its attempts, 400 KB (DynamoDB quotas): uncut, one long message would keep a delivery from ever being written.
 */
const MOST = {
  // As much as an error's fingerprint looks at.
  errorMessage: 2_000,
  errorType: 300,
  version: 128,
  runtimeVersion: 256,
  initializationType: 128,
  traceId: 128,
  segmentId: 128,
} as const satisfies Partial<Record<keyof Attempt, number>>;

type Word = keyof typeof MOST;

/** The same with its free words cut. What was cut of the error's message is told there; all of it is in the attempt's lines. */
export function withShortWords<Figures extends Partial<Pick<Attempt, Word>>>(figures: Figures): Figures {
  const cut: Partial<Record<Word, string>> = {};
  for (const [word, most] of Object.entries(MOST) as [Word, number][]) {
    const text = figures[word];
    if (text !== undefined && text.length > most) cut[word] = `${text.slice(0, most)}${hint(word, text)}`;
  }
  return { ...figures, ...cut };
}

const hint = (word: Word, { length }: string): string =>
  word === 'errorMessage' ? `… [${length} characters; the whole message is in the log lines]` : '…';
