import type { SearchHit } from '@lamplighter/contracts';
import { parseLogEvent } from '@lamplighter/lambda-logs';
import type { FoundLine } from '../ports.ts';

const MOST_CHARACTERS = 300;

/** A line as a hit: told from where its text begins to match, with the request that wrote it where the line says so. */
export function lineHit({ functionName, at, message }: FoundLine, text: string): SearchHit {
  const record = parseLogEvent({ message });
  const requestId = 'requestId' in record ? record.requestId : undefined;
  const detail = excerpt(message.trim(), text);
  return { kind: 'line', functionName, at, detail, ...(requestId !== undefined && { requestId }) };
}

/** Around the text that was found, where the line is longer than a list shows. */
function excerpt(message: string, text: string): string {
  if (message.length <= MOST_CHARACTERS) return message;
  const at = message.toLowerCase().indexOf(text.toLowerCase());
  const from = Math.max(0, Math.min(at - 100, message.length - MOST_CHARACTERS));
  const part = message.slice(from, from + MOST_CHARACTERS).replaceAll(HALVED, '');
  return `${from > 0 ? '…' : ''}${part}${from + MOST_CHARACTERS < message.length ? '…' : ''}`;
}

const HALVED = /^\p{Surrogate}|\p{Surrogate}$/gu;
