import type { Finding, SearchHit } from '@lamplighter/contracts';
import { cutText } from '@lamplighter/contracts/cut-text';
import { functionOf, parseLogEvent } from '@lamplighter/lambda-logs';

/** What the search index holds of a log line or a finding. Its id makes writing it twice the same as once. */
export interface SearchDocument {
  readonly id: string;
  /** Epoch milliseconds; its day (UTC) is the index that the document lies in. */
  readonly at: number;
  /** What is searched: {@link wordsOf} the text. */
  readonly words: string;
  /** The hit, as JSON. */
  readonly hit: string;
}

/** A line of the archive, as docs/athena.md describes it. */
export interface ArchivedLine {
  readonly logGroup: string;
  readonly logStream: string;
  readonly id: string;
  readonly timestamp: number;
  readonly message: string;
}

/** Of longer lines the beginning is searched. */
const MOST_SEARCHED_CHARACTERS = 20_000;
const MOST_SHOWN_CHARACTERS = 300;

/**
 * Letters and digits in lower case, words apart by one space: the same for what is kept and what is asked, so that no analyzer of an engine
 * decides what is found.
 */
export const wordsOf = (text: string): string =>
  (
    text
      .toLowerCase()
      .normalize('NFKC')
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  ).join(' ');

/** An application's line; undefined for the platform's own, which the audit knows better. */
export function lineDocument({
  id,
  logGroup,
  logStream,
  timestamp,
  message,
}: ArchivedLine): SearchDocument | undefined {
  const record = parseLogEvent({ message: message.slice(0, MOST_SEARCHED_CHARACTERS) });
  if (record.kind !== 'application') return undefined;
  const words = wordsOf(message.slice(0, MOST_SEARCHED_CHARACTERS));
  if (words === '') return undefined;
  const { functionName = logGroup } = functionOf({ logGroup, logStream });
  const detail = cutText(message.trim(), MOST_SHOWN_CHARACTERS);
  const { requestId } = record;
  const hit: SearchHit = {
    kind: 'line',
    functionName,
    at: timestamp,
    detail,
    ...(requestId !== undefined && { requestId }),
  };
  return { id, at: timestamp, words, hit: JSON.stringify(hit) };
}

/** A finding; each of its revisions takes the place of the one before. */
export function findingDocument({ findingId, openedAt, title, explanation, resource }: Finding): SearchDocument {
  const hit: SearchHit = { kind: 'finding', findingId, detail: title };
  const words = wordsOf(`${title} ${resource.name} ${explanation}`);
  return { id: findingId, at: openedAt, words, hit: JSON.stringify(hit) };
}
